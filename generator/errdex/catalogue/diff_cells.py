"""Which responses came, went or changed between two catalogues, told once for all operations that share them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from errdex.catalogue.changes import GRADES, Change, name
from errdex.catalogue.diff_responses import Difference, differences
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from errdex.catalogue.changes import Grade, Kind, Pair
    from errdex.catalogue.model import Catalogue, Response

_NAMED = 3
"""How many operations a message names."""


class _Event(NamedTuple):
    """A change of one status of one operation."""

    statuses: tuple[str, ...]
    operation: str
    """Its id in the new catalogue."""
    difference: Difference
    """Its text is a template for a whole message where it has a place for the operations."""


class _Cell(NamedTuple):
    """A response, and which of its status's cells it stands in."""

    number: int
    response: Response

    @property
    def is_documented(self) -> bool:
        """Say whether the API can answer so."""
        return self.response.state == "documented" and not self.response.removed

    @property
    def is_ruled_out(self) -> bool:
        """Say whether it is said not to happen."""
        return self.response.state == "not-applicable"


Row = dict[str, _Cell]
"""By status."""


def cell_changes(old: Catalogue, new: Catalogue, pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield each change of the responses of the operations that both catalogues have."""
    before, after = _rows(old), _rows(new)
    names = {pair.new.id: name(pair.new) for pair in pairs}
    events: defaultdict[Hashable, list[_Event]] = defaultdict(list)
    both: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for pair in pairs:
        rows = before.get(pair.old.id, {}), after.get(pair.new.id, {})
        for event in _events(pair.new.id, *rows):
            events[_said_once(event, *rows)].append(event)
        for status in rows[0].keys() & rows[1].keys():
            if rows[0][status].is_documented and rows[1][status].is_documented:
                both[(status,)].add(pair.new.id)
    changes = [_change(group, names) for group in _merged(events.values(), both)]
    order = {status.code: number for number, status in enumerate((*old.statuses, *new.statuses))}
    yield from sorted(changes, key=lambda change: [order[status] for status in change.statuses])


def _rows(catalogue: Catalogue) -> dict[str, Row]:
    """Return the responses by operation and status."""
    rows: defaultdict[str, Row] = defaultdict(dict)
    for status in catalogue.statuses:
        for number, cell in enumerate(status.cells):
            for operation in cell.operations:
                rows[operation][status.code] = _Cell(number, cell.response)
    return rows


def _said_once(event: _Event, before: Row, after: Row) -> Hashable:
    """Return what two events have in common exactly when somebody changed one thing to bring both about."""
    kind, _, says, _, _, once, _, _ = event.difference
    if once is not None:
        return kind, says, once
    numbers = [(row[status].number if status in row else -1) for row in (before, after) for status in event.statuses]
    return kind, says, event.statuses, *numbers


def _merged(groups: Iterable[list[_Event]], both: Mapping[tuple[str, ...], set[str]]) -> Iterator[list[_Event]]:
    """Yield the groups; those together that say the same of every operation that documents a status.

    A catalogue may say once for all what its cells only show one by one.
    """
    alike: defaultdict[Hashable, list[list[_Event]]] = defaultdict(list)
    for group in groups:
        kind, _, says, was, now, *_ = group[0].difference
        alike[kind, says, was, now, frozenset(event.statuses for event in group)].append(group)
    for same in alike.values():
        operations = {event.operation for group in same for event in group}
        if len(same) > 1 and operations >= both.get(same[0][0].statuses, {""}):
            yield [event for group in same for event in group]
        else:
            yield from same


def _change(events: list[_Event], names: Mapping[str, str]) -> Change:
    operations = tuple(dict.fromkeys(event.operation for event in events))
    statuses = tuple(dict.fromkeys(status for event in events for status in event.statuses))
    kind, _, says, was, now, _, old, new = events[0].difference
    grade = min((event.difference.grade for event in events), key=GRADES.index)
    return Change(kind, grade, operations, statuses, _message(says, operations, statuses, names), was, now, old, new)


def _message(says: str, operations: Sequence[str], statuses: Sequence[str], names: Mapping[str, str]) -> str:
    named = [names[operation] for operation in operations[:_NAMED]]
    more = len(operations) - len(named)
    whose = ", ".join(named) + (f" and {more} more" if more else "")
    if "{whose}" in says:
        return says.replace("{whose}", whose)
    subject = statuses[0] if len(statuses) == 1 else f"each of {', '.join(statuses)}"
    return f"{subject} of {whose} {says}"


def _events(operation: str, before: Row, after: Row) -> Iterator[_Event]:
    """Yield what happened to the responses of one operation."""
    had = {status: cell.response for status, cell in before.items() if cell.is_documented}
    has = {status: cell.response for status, cell in after.items() if cell.is_documented}
    moved = dict(_moved(had, has))
    for was, now in moved.items():
        text = f"{{whose}} can answer {now}, no longer {was}"
        grade: Grade = "breaking" if was.startswith("2") or has[now].client == "must-handle" else "risky"
        yield _event((was, now), operation, "status-changed", grade, text, had[was], has[now], was, now)
    for status in {**before, **after}:
        if status in had and status in has:
            for difference in differences(had[status], has[status]):
                yield _Event((status,), operation, difference)
        elif status in moved or status in moved.values():
            continue
        elif status in has:
            text = f"{{whose}} can answer {status} now"
            yield _event(
                (status,), operation, "status-added", _grade_of_added(has[status], had), text, None, has[status]
            )
        elif status in had:
            text = f"{{whose}} can no longer answer {status}"
            gone = after[status].response if status in after else None
            yield _event((status,), operation, "status-removed", _grade_of_removed(status), text, had[status], gone)
        else:
            yield from _ruled_out(status, operation, before.get(status), after.get(status))


def _ruled_out(status: str, operation: str, old: _Cell | None, new: _Cell | None) -> Iterator[_Event]:
    was, now = old is not None and old.is_ruled_out, new is not None and new.is_ruled_out
    places = old.response if old else None, new.response if new else None
    if now and not was:
        text = f"{{whose}} is said not to answer {status}"
        yield _event((status,), operation, "status-ruled-out", "fine", text, *places)
    elif was and not now:
        text = f"{{whose}} is no longer said not to answer {status}"
        yield _event((status,), operation, "status-not-ruled-out", "risky", text, *places)


def _event(  # noqa: PLR0913, PLR0917 -- the fields of the two records
    statuses: tuple[str, ...],
    operation: str,
    kind: Kind,
    grade: Grade,
    says: str,
    old: Response | None,
    new: Response | None,
    was: str = "",
    now: str = "",
) -> _Event:
    places = old.location if old else None, new.location if new else None
    return _Event(statuses, operation, Difference(kind, grade, says, was, now, None, *places))


def _moved(had: Mapping[str, Response], has: Mapping[str, Response]) -> Iterator[tuple[str, str]]:
    """Yield (old, new) for the one status of a class that was replaced by another that says the same."""
    for first in "12345":
        gone = [status for status in had if status.startswith(first) and status not in has]
        come = [status for status in has if status.startswith(first) and status not in had]
        if len(gone) == len(come) == 1:
            was, now = had[gone[0]], has[come[0]]
            # Another status has another reason phrase; that is no difference of its own.
            if all(difference.kind == "reason-changed" for difference in differences(was, now)):
                yield gone[0], come[0]


def _grade_of_added(response: Response, had: Mapping[str, Response]) -> Grade:
    """Return how much a client has to fear of a new status; one of a range that was documented is no news."""
    if response.client == "must-handle":
        return "breaking"
    if response.status.startswith("1") or f"{response.status[0]}XX" in had or "default" in had:
        return "fine"
    return "risky"


def _grade_of_removed(status: str) -> Grade:
    """Return how much a client misses a status: a success that it waits for, or a failure that it need not fear."""
    return {"2": "breaking", "3": "risky"}.get(status[0], "fine")  # type: ignore[return-value]
