"""Which call sites of client code a change of the catalogue touches.

The code is looked at twice, with the old catalogue and with the new one. A change of an operation touches each call of
it; one of a status touches the calls for which that status makes a difference: a new status those that do not deal
with it, any other change of a response those that look at it or wait for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.changes import Site
from errdex.errors import Location
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from errdex.catalogue.changes import Change, Pair
    from errdex.lint.report import Call, Report, Span

_OPERATION_WIDE = frozenset({
    "operation-removed", "operation-renamed", "operation-deprecated", "operation-limits-changed",
})  # fmt: skip
_OF_AN_ENDPOINT = frozenset({"endpoint-removed", "endpoint-replaced", "path-changed", "method-changed"})
_API_WIDE = frozenset({"server-changed", "server-removed", "server-variable-changed", "request-id-header-changed"})
#: Statuses that the code has to deal with from now on.
_NEW = frozenset({"status-added", "status-not-ruled-out", "became-must-handle"})
_SAID = {
    "success": "{} is waited for here",
    "discriminated": "{} is told apart here",
    "delegated": "{} is passed on here",
    "collapsed": "{} falls in with other statuses here",
    "dropped": "{} is taken for a success here",
}
_HOLE = re.compile(r"\\\{[^{}]*\\\}")


class Checked(NamedTuple):
    """Client code, looked at with both catalogues."""

    old: Report
    new: Report
    pairs: Sequence[Pair]


def affected(changes: Sequence[Change], checked: Checked) -> dict[int, tuple[Site, ...]]:
    """Return the call sites that changes touch, by their numbers; what is fine for every client touches none."""
    was = {pair.new.id: pair.old.id for pair in checked.pairs}
    after = {(call.span, call.operation): dict(call.verdicts) for call in checked.new.calls}
    found = {
        number: tuple(dict.fromkeys(_sites(change, checked.old.calls, was, after)))
        for number, change in enumerate(changes)
        if change.grade != "fine"
    }
    return {number: sites for number, sites in found.items() if sites}


def _sites(
    change: Change,
    calls: Sequence[Call],
    was: Mapping[str, str],
    after: Mapping[tuple[Span, str], Mapping[str, str]],
) -> Iterator[Site]:
    names = {was.get(operation, operation): operation for operation in change.operations}
    for call in calls:
        if change.kind in _API_WIDE and not change.operations:
            yield _site(call, f"{call.method} {call.url} is sent here")
        elif call.operation not in names:
            continue
        elif change.kind in _OPERATION_WIDE or (change.kind in _OF_AN_ENDPOINT and _asks(call, change.before)):
            yield _site(call, f"{call.method} {call.url} is sent here")
        else:
            now = after.get((call.span, names[call.operation]), {})
            yield from _touched(change, call, now)


def _touched(change: Change, call: Call, now: Mapping[str, str]) -> Iterator[Site]:
    before = dict(call.verdicts)
    for status in change.statuses:
        if change.kind in _NEW:
            verdict = now.get(status, "")
            if verdict in {"dropped", "collapsed"}:
                yield _site(call, _SAID[verdict].format(status))
        elif before.get(status) in {"success", "discriminated", "delegated"}:
            yield _site(call, _SAID[before[status]].format(status))


def _asks(call: Call, endpoint: str) -> bool:
    """Return whether a call sends a request of an endpoint, `GET /items/{id}`."""
    method, _, path = endpoint.partition(" ")
    pattern = _HOLE.sub("[^/]+", re.escape(path.split("?")[0]))
    return call.method == method and re.search(f"{pattern}$", call.url.split("?")[0]) is not None


def _site(call: Call, says: str) -> Site:
    return Site(Location(call.span.path, call.span.line, call.span.column), says)
