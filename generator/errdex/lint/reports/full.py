"""Each finding with its source line, the way that the status takes, the causes and remedies, and the page to read."""

from __future__ import annotations

from errdex.lint.fingerprint import line_of, relative
from errdex.lint.report import Span, grouped
from errdex.lint.reports.terminal import count, ending, head, paint, text_of
from errdex.lint.reports.visible import cells, inert, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding, Group, Report
    from errdex.lint.reports.context import Context

#: How many calls of one operation a group names before it only counts them.
_MOST_CALLS = 3


def render(report: Report, context: Context) -> str:
    """Return a block for each group of findings, then the summary."""
    blocks = ("\n".join(_block(group, context)) + "\n" for group in grouped(report.findings))
    return inert(text_of([*map(visible, report.trace), *blocks, *ending(report, context)]))


def _block(group: Group, context: Context) -> Iterator[str]:
    first = group.findings[0]
    yield head(group, context)
    if len(group.findings) == 1:
        yield from snippet(first.span, context)
    else:
        line = line_of(context.lines, group.path, group.line).rstrip()
        start = len(line) - len(line.lstrip())
        yield from snippet(Span(group.path, group.line, start + 1, group.line, len(line) + 1), context)
        yield from _affected(group, context)
    yield from _witness(first, context)
    for sentence in first.help:
        yield from _note("help", sentence, context)
    if first.confidence != "high":
        yield from _note("confidence", first.confidence, context)
    if first.url:
        yield f"  = see: {visible(first.url)}"


def snippet(span: Span, context: Context) -> Iterator[str]:
    """Yield the first line of the span with carets below it, cropped to the width of the terminal."""
    line = line_of(context.lines, span.path, span.line)
    if not line or line.isspace():
        return
    number = str(span.line)
    gutter = " " * len(number)
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    shown, before, marked = _cropped(line, span.column - 1, end, max(context.width - len(number) - 4, 20))
    bar = paint("|", "quiet", context)
    yield f" {gutter} {bar}"
    yield f" {paint(number, 'quiet', context)} {bar} {shown}"
    yield f" {gutter} {bar} {' ' * before}{paint('^' * marked, 'mark', context)}"


def _cropped(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Return what to print of the line, the columns before the carets, and how many carets."""
    # Blanks before the code tell nothing, but those of the span itself stay.
    indent = min(len(line) - len(line.lstrip()), start)
    # Of a line of megabytes, only what stands around the span is looked at.
    first = max(indent, start - 2 * width)
    row = cells(line[first : start + 8 * width].rstrip())
    start, end = start - first, min(end - first, len(row))
    begin = 0
    if first > indent or sum(columns for _, columns in row[:end]) > width:
        begin = max(0, start - width // 4)
    dots = "... " if begin else ""
    shown, used = dots, len(dots)
    room = width if used + sum(columns for _, columns in row[begin:]) <= width else width - len("...")
    for text, columns in row[begin:]:
        if used + columns > room:
            shown += "..."
            break
        shown += text
        used += columns
    before = len(dots) + sum(columns for _, columns in row[begin:start])
    marked = sum(columns for _, columns in row[start:end])
    return shown, before, max(min(marked, used - before), 1)


def _witness(finding: Finding, context: Context) -> Iterator[str]:
    if not finding.witness:
        return
    yield f"  = the way of {finding.statuses[0]}:" if finding.statuses else "  = the way there:"
    places = [f"{visible(relative(step.path, context.base))}:{step.line}" for step in finding.witness]
    width = max(map(len, places))
    for place, step in zip(places, finding.witness, strict=True):
        yield f"      {place:<{width}}  {visible(step.says)}"


def _affected(group: Group, context: Context) -> Iterator[str]:
    operations = sorted({finding.operation for finding in group.findings})
    yield f"  = affects {count(len(group.findings), 'call')} of {count(len(operations), 'operation')}:"
    width = max(map(len, operations))
    for operation in operations:
        members = [finding for finding in group.findings if finding.operation == operation]
        statuses = ", ".join(sorted({status for finding in members for status in finding.statuses}))
        places = [f"{relative(finding.span.path, context.base)}:{finding.span.line}" for finding in members]
        more = f" and {len(places) - _MOST_CALLS} more" if len(places) > _MOST_CALLS else ""
        shown = visible(", ".join(places[:_MOST_CALLS])) + more
        yield f"      {visible(operation):<{width}}  {statuses}  {shown}".rstrip()


def _note(label: str, sentence: str, context: Context) -> Iterator[str]:
    import textwrap

    yield from textwrap.wrap(
        visible(sentence),
        width=max(context.width, 40),
        initial_indent=f"  = {label}: ",
        subsequent_indent=" " * (len(label) + 6),
        break_long_words=False,
        break_on_hyphens=False,
    )
