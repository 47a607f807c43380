"""Workflow commands of GitHub Actions: an annotation for each group of findings (a step shows ten of them)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.fingerprint import relative
from errdex.lint.report import grouped
from errdex.lint.reports.terminal import head, statistics, summary, text_of
from errdex.lint.reports.visible import visible

if TYPE_CHECKING:
    from errdex.lint.report import Group, Report, Unresolved
    from errdex.lint.reports.context import Context


def render(report: Report, context: Context) -> str:
    """Return a command for each group, then the summary as a plain line of the log."""
    plain = context._replace(colour=False)
    lines = [_annotation(group, plain) for group in grouped(report.findings)]
    if context.show_unresolved:
        lines += [_notice(call, plain) for call in report.unresolved]
    if context.statistics:
        lines += statistics(report)
    return text_of([*lines, summary(report, plain)])


def escaped_data(text: str) -> str:
    """Return the text as the data of a command (actions/toolkit, packages/core/src/command.ts, `escapeData`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return the text as a property of a command (the same file, `escapeProperty`)."""
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(group: Group, context: Context) -> str:
    first = group.findings[0]
    properties = {"file": _path(group.path, context), "line": str(group.line)}
    if len(group.findings) == 1:
        properties["endLine"] = str(first.span.end_line)
        # Columns of a span over several lines are refused.
        if first.span.line == first.span.end_line:
            properties |= {"col": str(first.span.column), "endColumn": str(first.span.end_column)}
    properties["title"] = f"errdex: {first.rule}"
    level = "warning" if first.confidence == "low" else "error"
    text = "\n".join([head(group, context), *map(visible, first.help), visible(first.url)]).rstrip()
    return _command(level, properties, text)


def _notice(call: Unresolved, context: Context) -> str:
    properties = {"file": _path(call.span.path, context), "line": str(call.span.line), "title": "errdex: unresolved"}
    return _command("notice", properties, f"unresolved: {visible(call.reason)}")


def _command(name: str, properties: dict[str, str], data: str) -> str:
    written = ",".join(f"{key}={escaped_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{escaped_data(data)}"


def _path(path: str, context: Context) -> str:
    """Return a path as it is where a command can hold it, which has an escape for line breaks only."""
    return "".join(c if c in "\r\n" else visible(c) for c in relative(path, context.base))
