"""Which call sites handle which status: the linter's report as a table that people look at rather than read.

The report is the JSON of `errdex check --format json`; its shape is part of the command line's contract.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.catalogue.naming import anchor
from errdex.pages.markup import Markdown, link
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.catalogue.model import Operation, Status
    from errdex.pages.site import Writer

VERDICTS = ("dropped", "collapsed", "delegated", "discriminated", "success")
"""Worst first: a cell is coloured by the worst of its call sites."""
_MARKS = {
    "dropped": "\u2717",
    "collapsed": "\u25d0",
    "delegated": "\u2191",
    "discriminated": "\u2713",
    "success": "\u25cf",
}


class CallVerdict(NamedTuple):
    """What one call site does with one status."""

    path: str
    line: int
    verdict: str


class HeatCell(NamedTuple):
    """All call sites of one (operation, status) pair."""

    verdict: str
    """The worst; `none` without call sites, `blank` where the status is not documented."""
    mark: Markdown
    """A sign of the verdict, which says it without colour; empty without call sites."""
    says: Markdown
    """The same as a word."""
    share: str
    """How many of the call sites it holds for, when there are several."""


class HeatRow(NamedTuple):
    """An operation."""

    anchor: str
    """Where its call sites are listed."""
    head: Markdown
    calls: str
    cells: tuple[HeatCell, ...]


class CallLine(NamedTuple):
    """A call site, with what it does with each status."""

    place: Markdown
    verdicts: tuple[tuple[str, Markdown], ...]
    """(verdict, statuses)."""


class CallList(NamedTuple):
    """The call sites of an operation."""

    anchor: str
    title: Markdown
    calls: tuple[CallLine, ...]


class CoveragePage(NamedTuple):
    """Everything that the coverage page shows."""

    title: Markdown
    description: Markdown
    resolved: str
    unresolved: int
    columns: tuple[Markdown, ...]
    rows: tuple[HeatRow, ...]
    lists: tuple[CallList, ...]
    lost: tuple[tuple[Markdown, Markdown], ...]
    """(place, reason) of the calls that could not be resolved."""


def read_verdicts(
    report: str, catalogue: str
) -> tuple[dict[tuple[str, str], list[CallVerdict]], list[tuple[str, int, str]]]:
    """Return call sites by (operation, status), and (path, line, reason) of calls that could not be resolved.

    Raises ValueError when the text is no report of `errdex check --format json`.
    """
    try:
        document = json.loads(report)
        calls = [call for call in document["calls"] if call["catalogue"] == catalogue]
        found: dict[tuple[str, str], list[CallVerdict]] = {}
        for call in calls:
            for status, verdict in call["verdicts"].items():
                place = CallVerdict(str(call["path"]), int(call["line"]), VERDICTS[VERDICTS.index(verdict)])
                found.setdefault((str(call["operation"]), str(status)), []).append(place)
        lost = [(str(call["path"]), int(call["line"]), str(call["reason"])) for call in document["unresolved"]]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"the coverage report is no output of errdex check --format json: {error!r}"
        raise ValueError(message) from error
    return found, lost


def coverage_page(writer: Writer) -> CoveragePage | None:
    """Return what the coverage page shows; None when the options carry no report."""
    site = writer.site
    if not site.options.coverage:
        return None
    found, lost = read_verdicts(site.options.coverage, site.catalogue.api.id)
    operations = [op for op in site.catalogue.operations if any(operation == op.id for operation, _ in found)]
    statuses = site.catalogue.statuses
    lists = tuple(
        CallList(anchor(op.id), writer.literal(op.title), tuple(_call_lines(writer, op, found))) for op in operations
    )
    sites = sum(len(calls.calls) for calls in lists)
    return CoveragePage(
        title=Markdown("Coverage"),
        description=writer.literal(f"Which call sites handle which answers of {site.catalogue.api.title}"),
        resolved=f"{sites} call site{'' if sites == 1 else 's'}",
        unresolved=len(lost),
        columns=tuple(writer.link(writer.literal(status.code), site.status(status.code)) for status in statuses),
        rows=tuple(_row(writer, operation, statuses, found) for operation in operations),
        lists=lists,
        lost=tuple((_place(writer, path, line), writer.literal(reason)) for path, line, reason in lost),
    )


def _row(
    writer: Writer,
    operation: Operation,
    statuses: Sequence[Status],
    found: dict[tuple[str, str], list[CallVerdict]],
) -> HeatRow:
    places = {(call.path, call.line) for (owner, _), calls in found.items() if owner == operation.id for call in calls}
    cells = tuple(
        _cell(found.get((operation.id, status.code), []), writer.site.response(status.code, operation.id).state)
        for status in statuses
    )
    number = f"{len(places)} call{'' if len(places) == 1 else 's'}"
    place = anchor(operation.id)
    return HeatRow(place, Markdown(f"[{writer.literal(operation.title)}](#{place})"), number, cells)


def _cell(calls: list[CallVerdict], state: str) -> HeatCell:
    if state != "documented":
        return HeatCell("blank", Markdown(""), Markdown("\u2014"), "")
    if not calls:
        return HeatCell("none", Markdown(""), Markdown("no call"), "")
    worst = min((call.verdict for call in calls), key=VERDICTS.index)
    number = sum(call.verdict == worst for call in calls)
    share = f"{number} of {len(calls)}" if len(calls) > 1 else ""
    return HeatCell(worst, Markdown(_MARKS[worst]), Markdown(worst), share)


def _call_lines(
    writer: Writer, operation: Operation, found: dict[tuple[str, str], list[CallVerdict]]
) -> Iterator[CallLine]:
    by_place: dict[tuple[str, int], dict[str, list[str]]] = {}
    for (owner, status), calls in found.items():
        if owner == operation.id:
            for call in calls:
                by_place.setdefault((call.path, call.line), {}).setdefault(call.verdict, []).append(status)
    for (path, line), verdicts in sorted(by_place.items()):
        yield CallLine(
            _place(writer, path, line),
            tuple(
                (verdict, writer.literal(", ".join(verdicts[verdict]))) for verdict in VERDICTS if verdict in verdicts
            ),
        )


def _place(writer: Writer, path: str, line: int) -> Markdown:
    label, url = writer.code(f"{path}:{line}"), writer.site.options.code_url
    return link(label, url.replace("{path}", path).replace("{line}", str(line))) if url else label
