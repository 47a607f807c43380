"""Catalogues in an editor: what is wrong, which ids fit here, what an id means, and giving it another name."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from errdex.catalogue.ids import ids
from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError, ErrdexError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.ids import Id
    from errdex.errors import Problem

_HEAD = re.compile(r"^(?:\s*#.*\n|\s*\n)*[{\s]*[\"']?catalogue[\"']?\s*:", re.ASCII)
_BY_KEY = {
    "body": ("bodies",),
    "causes": ("causes",),
    "remedies": ("remedies",),
    "problems": ("problems",),
    "for": ("operations", "groups"),
    "columns": ("operations", "groups"),
    "operations": ("operations",),
    "use": ("operations",),
}
"""Sections whose ids stand below a key."""
_KEY = re.compile(r"(?:^|[\s{,])([a-z]+):(?:\s|$)")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*$")


def is_catalogue(text: str) -> bool:
    """Tell whether a text is meant to be a catalogue."""
    return _HEAD.match(text) is not None


def problems(path: str, text: str, folder: str = "") -> Sequence[Problem]:
    """Return what is wrong with a catalogue, or with one file of a folder that is one."""
    try:
        if folder:
            load_catalogue(folder)
        else:
            load_catalogue(path, text)
    except CatalogueError as error:
        real = os.path.realpath(path)
        return [one for one in error.problems if os.path.realpath(one.location.path) == real]
    return ()


def id_at(path: str, text: str, line: int, column: int) -> Id | None:
    """Return the id at a place, 1-based."""
    for one in ids(path, text):
        if one.line == line and one.column <= column <= one.column + len(one.name):
            return one
    return None


def said_of(path: str, text: str, one: Id) -> str:
    """Return what a catalogue says of an id, as Markdown; empty when it declares none of that name."""
    declared = next((i for i in ids(path, text) if i.declares and (i.section, i.name) == (one.section, one.name)), None)
    if declared is None:
        return f"**{one.name}** is not declared under `{one.section}`"
    lines = text.splitlines()
    block = [lines[declared.line - 1]]
    depth = _indent(block[0])
    for each in lines[declared.line :]:
        if each.strip() and _indent(each) <= depth:
            break
        block.append(each)
    shown = "\n".join(each[depth:] for each in block).rstrip()
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", shown))])
    return f"**{one.name}**, of `{one.section}`\n\n{fence}yaml\n{shown}\n{fence}"


def candidates(path: str, text: str, last_good: str, line: int, column: int) -> list[Id]:
    """Return the declared ids that fit at a place; `last_good` is an earlier text that could be read."""
    lines = text.splitlines()
    before = (lines[line - 1] if line <= len(lines) else "")[: column - 1]
    sections = ("links",) if re.search(r"\]\(ref:[^)\s]*$", before) else _sections(lines, line, before)
    known = ids(path, text) or ids(path, _without(lines, line)) or ids(path, last_good)
    return [one for one in known if one.declares and one.section in sections]


def renamed(path: str, text: str, one: Id, name: str) -> tuple[Id, ...]:
    """Return every place of an id that gets another name; ErrdexError when the catalogue would be broken by that."""
    places = tuple(i for i in ids(path, text) if (i.section, i.name) == (one.section, one.name))
    lines = text.splitlines(keepends=True)
    for place in sorted(places, reverse=True, key=lambda i: (i.line, i.column)):
        at, start = lines[place.line - 1], place.column - 1
        lines[place.line - 1] = at[:start] + name + at[start + len(place.name) :]
    after = "".join(lines)
    broken = [one for one in problems(path, after) if one.message not in {p.message for p in problems(path, text)}]
    if broken:
        raise ErrdexError(f"{name!r} cannot be its name: {broken[0].message}")
    if sorted(i.name for i in ids(path, after)) != sorted(name if i in places else i.name for i in ids(path, text)):
        raise ErrdexError(f"{name!r} cannot be its name: it would not be read as one")
    return places


def _sections(lines: Sequence[str], line: int, before: str) -> Sequence[str]:
    """Return the sections of the nearest key that has ids below it: in the line, else in those above that hold it."""
    if keys := _KEY.findall(before):
        return _BY_KEY.get(keys[-1], ())
    depth = len(before) - len(before.lstrip()) if before.strip() else len(before)
    item = before.lstrip().startswith("-")
    for above in reversed(lines[: line - 1]):
        if not above.strip() or above.lstrip().startswith("#"):
            continue
        indent = _indent(above)
        if indent < depth or (item and indent == depth and not above.lstrip().startswith("-")):
            keys = _KEY.findall(above)
            return _BY_KEY.get(keys[-1], ()) if keys and above.rstrip().endswith(":") else ()
    return ()


def _without(lines: Sequence[str], line: int) -> str:
    """Return the text without the line that is being written."""
    return "\n".join(each for number, each in enumerate(lines, 1) if number != line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def word_before(text: str, column: int) -> str:
    """Return the beginning of an id that stands before a column, 1-based."""
    found = _WORD.search(text[: column - 1])
    return found[0] if found else ""
