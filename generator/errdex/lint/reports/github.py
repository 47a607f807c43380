"""Workflow commands of GitHub Actions: an annotation for each group of findings (a step shows ten of them)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.annotations import annotation
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


def _annotation(group: Group, context: Context) -> str:
    first = group.findings[0]
    properties = {"line": str(group.line)}
    if len(group.findings) == 1:
        properties["endLine"] = str(first.span.end_line)
        # Columns of a span over several lines are refused.
        if first.span.line == first.span.end_line:
            properties |= {"col": str(first.span.column), "endColumn": str(first.span.end_column)}
    properties["title"] = f"errdex: {first.rule}"
    level = "warning" if first.confidence == "low" else "error"
    text = "\n".join([head(group, context), *map(visible, first.help), visible(first.url)]).rstrip()
    return annotation(level, relative(group.path, context.base), properties, text)


def _notice(call: Unresolved, context: Context) -> str:
    properties = {"line": str(call.span.line), "title": "errdex: unresolved"}
    path = relative(call.span.path, context.base)
    return annotation("notice", path, properties, f"unresolved: {visible(call.reason)}")
