"""The parts that the formats for people share: heads of findings, counts, and the line that sums up."""

from __future__ import annotations

from collections import Counter

from errdex.lint.fingerprint import line_of, relative
from errdex.lint.reports.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.lint.report import Group, Report
    from errdex.lint.reports.context import Context

_CODES = {"place": "1", "rule": "1;31", "mark": "1;31", "quiet": "2", "good": "32"}


def head(group: Group, context: Context) -> str:
    """Return the line `path:line:column: rule: message` of a group of findings."""
    first = group.findings[0]
    column, message = first.span.column, first.message
    if len(group.findings) > 1:
        source = line_of(context.lines, group.path, group.line)
        column = len(source) - len(source.lstrip()) + 1
        calls = len(group.findings) - 1
        operations = len({finding.operation for finding in group.findings} - {first.operation})
        message += f"; this line does the same to {count(calls, 'more call')}"
        message += f" of {count(operations, 'more operation')}" if operations else ""
    place = f"{relative(group.path, context.base)}:{group.line}:{column}:"
    return f"{paint(visible(place), 'place', context)} {paint(first.rule, 'rule', context)}: {visible(message)}"


def ending(report: Report, context: Context) -> Iterator[str]:
    """Yield the lines after the findings: unresolved calls and counts when asked for, and the summary."""
    if context.show_unresolved:
        for call in report.unresolved:
            place = f"{relative(call.span.path, context.base)}:{call.span.line}:{call.span.column}:"
            yield f"{paint(visible(place), 'place', context)} unresolved: {visible(call.reason)}"
    if context.statistics:
        yield from statistics(report)
    yield summary(report, context)


def statistics(report: Report) -> Iterator[str]:
    """Yield a line for each rule that found something: how often, and for which statuses; the most frequent first."""
    rules = Counter(finding.rule for finding in report.findings)
    width = max((len(str(number)) for number in rules.values()), default=0)
    for rule, number in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
        statuses = Counter(status for finding in report.findings if finding.rule == rule for status in finding.statuses)
        shown = ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items()))
        yield f"{number:>{width}}  {rule}" + (f"  ({shown})" if shown else "")


def summary(report: Report, context: Context) -> str:
    """Return the last line: what was found, and how much of the code the run could judge."""
    calls = len(report.calls) + len(report.unresolved)
    found = count(len(report.findings), "finding") if report.findings else paint("no findings", "good", context)
    coverage = f"resolved {len(report.calls)} of {count(calls, 'call')}" if calls else "no calls"
    hint = " (--show-unresolved lists the others)" if report.unresolved and not context.show_unresolved else ""
    return f"{found}; {coverage} in {count(report.files, 'file')}{hint}"


def count(number: int, noun: str) -> str:
    """Return `1 call`, `2 calls`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def paint(text: str, role: str, context: Context) -> str:
    """Return the text in the colour of its role, when colours are wanted."""
    return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if context.colour else text


def text_of(lines: Sequence[str]) -> str:
    """Return the lines as a text that ends in a newline."""
    return "\n".join(lines) + "\n"
