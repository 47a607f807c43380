"""The changes between two catalogues as text, JSON, a Markdown page and GitHub annotations."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from errdex.catalogue.annotations import annotation
from errdex.catalogue.changes import GRADES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.changes import Change, Sites
    from errdex.catalogue.model import Catalogue
    from errdex.errors import Location

_HEADINGS = {
    "breaking": "Breaks clients",
    "risky": "May surprise clients",
    "fine": "Needs nothing of clients",
}
_COMMANDS = {"breaking": "error", "risky": "warning", "fine": "notice"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|&#~]")


def render_text(changes: Iterable[Change], sites: Sites | None = None) -> str:
    """Return a line for each change, the worst first, and a line that counts them.

    With the `sites` of client code, each change is followed by those that it touches.
    """
    ordered = _ordered(changes)
    lines = []
    for number, change in ordered:
        lines.append(f"{change.new or change.old}: {change.grade}: {change.kind}: {change.message}")
        lines += [f"  {site.location}: {site.says}" for site in (sites or {}).get(number, ())]
    return "\n".join((*lines, _summary([change for _, change in ordered], sites))) + "\n"


def render_json(changes: Iterable[Change], sites: Sites | None = None) -> str:
    """Return `{"changes": [...], "summary": {...}}`, the changes in the order of the catalogues."""
    listed = list(changes)
    rows: list[dict[str, object]] = [
        {
            "kind": change.kind,
            "grade": change.grade,
            "operations": list(change.operations),
            "statuses": list(change.statuses),
            "message": change.message,
            "before": change.before,
            "after": change.after,
            "old": _place(change.old),
            "new": _place(change.new),
        }
        for change in listed
    ]
    if sites is not None:
        for number, row in enumerate(rows):
            row["calls"] = [{**site.location._asdict(), "says": site.says} for site in sites.get(number, ())]
    return json.dumps({"changes": rows, "summary": _counts(listed)}, indent=2, ensure_ascii=False) + "\n"


def render_markdown(changes: Iterable[Change], old: Catalogue, new: Catalogue, sites: Sites | None = None) -> str:
    """Return a page of a changelog: a section for each grade that has changes."""
    versions = [catalogue.api.version for catalogue in (old, new)]
    between = f"{versions[0]} to {versions[1]}" if all(versions) and versions[0] != versions[1] else "changes"
    ordered = _ordered(changes)
    return "\n".join((f"# {_escaped(new.api.title)}: {_escaped(between)}", *_sections(ordered, sites or {}))) + "\n"


def _sections(ordered: Sequence[tuple[int, Change]], sites: Sites) -> Iterator[str]:
    for grade in GRADES:
        of_grade = [(number, change) for number, change in ordered if change.grade == grade]
        if of_grade:
            yield from ("", f"## {_HEADINGS[grade]}", "")
        for number, change in of_grade:
            yield f"- {_escaped(change.message)} (`{change.kind}`)"
            yield from (f"    - {_escaped(f'{one.location}: {one.says}')}" for one in sites.get(number, ()))
    if not ordered:
        yield from ("", "Nothing changed for clients.")


def render_github(changes: Iterable[Change], sites: Sites | None = None) -> str:
    """Return a workflow command of GitHub Actions for each change: what breaks clients is an error.

    With the `sites` of client code, there is one for each of them too.
    """
    commands = []
    for number, change in _ordered(changes):
        commands.append(_command(change, change.new or change.old, change.message))
        commands += [
            _command(change, site.location, f"{site.says}: {change.message}") for site in (sites or {}).get(number, ())
        ]
    return "".join(f"{command}\n" for command in commands)


def _command(change: Change, place: Location | None, message: str) -> str:
    numbers = {"line": place.line, "col": place.column} if place is not None else {}
    properties = {key: str(number) for key, number in numbers.items() if number}
    path = place.path if place is not None else ""
    return annotation(_COMMANDS[change.grade], path, {**properties, "title": f"errdex diff: {change.kind}"}, message)


def _ordered(changes: Iterable[Change]) -> list[tuple[int, Change]]:
    """Return the changes with their numbers, the worst first."""
    return sorted(enumerate(changes), key=lambda numbered: GRADES.index(numbered[1].grade))


def _counts(changes: Sequence[Change]) -> dict[str, int]:
    counts = Counter(change.grade for change in changes)
    return {grade: counts[grade] for grade in GRADES}


def _summary(changes: Sequence[Change], sites: Sites | None = None) -> str:
    if not changes:
        return "nothing changed for clients"
    counted = ", ".join(f"{count} {grade}" for grade, count in _counts(changes).items() if count)
    if sites is None:
        return counted
    touched = len({site.location for found in sites.values() for site in found})
    return f"{counted}; {touched} call site{'s' * (touched != 1)} affected"


def _place(location: Location | None) -> dict[str, object] | None:
    return location and {"path": location.path, "line": location.line, "column": location.column}


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
