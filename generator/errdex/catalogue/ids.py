"""Every id in the text of a catalogue: where it is declared, and where it is referred to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.nodes import Mapping, Scalar, Sequence
from errdex.catalogue.source import parse
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.nodes import Node

SECTIONS = ("links", "bodies", "problems", "causes", "remedies", "operations", "groups")
_REFERENCE = re.compile(r"\]\(ref:([^)\s]+)\)")
_COMMENT = re.compile(r"(?:^|\s)#")
_LISTS = {"causes": "causes", "remedies": "remedies", "problems": "problems"}
"""Keys below which ids of a section are listed."""


class Id(NamedTuple):
    """An id as it stands in a catalogue."""

    section: str
    """Where it is declared: `operations`, `causes`."""
    name: str
    line: int
    """1-based."""
    column: int
    """1-based, in characters: of the name itself, behind a quote."""
    declares: bool
    """Whether it stands in its section, and is not a reference."""


def ids(path: str, text: str) -> tuple[Id, ...]:
    """Return the ids of a text in their order; none when it is no YAML that a catalogue may use."""
    root = parse(path, text).root
    if not isinstance(root, Mapping):
        return ()
    lines = text.splitlines()
    found = {
        (one.line, one.column): one
        for section, scalar, declares in _walk(root)
        if (one := _id(lines, section, scalar, declares=declares))
    }
    groups = {one.name for one in found.values() if one.section == "groups" and one.declares}
    placed = [one._replace(section="groups") if _is_group(one, groups) else one for one in found.values()]
    return tuple(sorted((*placed, *_links(lines)), key=lambda one: (one.line, one.column)))


def _is_group(one: Id, groups: set[str]) -> bool:
    return one.section == "operations" and not one.declares and one.name in groups


def _id(lines: list[str], section: str, scalar: Scalar, *, declares: bool) -> Id | None:
    """Return where a scalar's text stands; None when it is not written as it reads (escapes, several lines)."""
    _, line, column = scalar.location
    quoted = 0 if scalar.plain else 1
    start = column - 1 + quoted
    written = lines[line - 1][start : start + len(scalar.text)] if line <= len(lines) else ""
    return Id(section, scalar.text, line, start + 1, declares) if written == scalar.text else None


def _links(lines: list[str]) -> Iterator[Id]:
    for number, line in enumerate(lines, 1):
        comment = next(
            (one.start() for one in _COMMENT.finditer(line) if line[: one.start()].count('"') % 2 == 0), None
        )
        for found in _REFERENCE.finditer(line[:comment]):
            yield Id("links", found[1], number, found.start(1) + 1, declares=False)


def _walk(root: Mapping) -> Iterator[tuple[str, Scalar, bool]]:
    """Yield (section, scalar, whether it declares)."""
    for section in SECTIONS:
        for key, value in _entries(root, section):
            yield section, key, True
            if section == "groups":
                yield from _listed("operations", _value(value, "operations"))
            else:
                yield from _body(value)
            for _, response in _entries(value, "responses") if section == "operations" else ():
                yield from _response(response)
    yield from _listed("operations", _value(root, "columns"))
    for _, response in _entries(root, "responses"):
        yield from _response(response)


def _response(node: Node | None) -> Iterator[tuple[str, Scalar, bool]]:
    """Yield what a status, or its cell, refers to."""
    yield from _body(node)
    if isinstance(body := _value(node, "body"), Scalar):
        yield "bodies", body, False
    for key, cell in _entries(node, "for"):
        yield "operations", key, False
        yield from _response(cell)


def _body(node: Node | None) -> Iterator[tuple[str, Scalar, bool]]:
    """Yield what is listed anywhere: causes, remedies, problems, and what to use instead."""
    for key, section in _LISTS.items():
        yield from _listed(section, _value(node, key))
    if isinstance(use := _value(_value(node, "deprecated"), "use"), Scalar) and not use.text[:1].isdigit():
        yield "operations", use, False


def _listed(section: str, node: Node | None) -> Iterator[tuple[str, Scalar, bool]]:
    for one in node.items if isinstance(node, Sequence) else ():
        if isinstance(one, Scalar):
            yield section, one, False
        elif isinstance(one, Mapping):
            if isinstance(name := _value(one, "id"), Scalar):
                yield section, name, False
            yield from _body(one)


def _value(node: Node | None, key: str) -> Node | None:
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    return entry[1] if entry else None


def _entries(node: Node | None, key: str) -> list[tuple[Scalar, Node]]:
    value = _value(node, key)
    return list(value.entries.values()) if isinstance(value, Mapping) else []
