"""Load a catalogue from a file or a folder: read, check its shape, resolve what it refers to.

Every stage goes on after a fault, so that one run tells all that is wrong with a file; the result is given only
when nothing is.
"""

from __future__ import annotations

import gc
import os
from itertools import islice
from typing import TYPE_CHECKING

from errdex.catalogue import model, nodes
from errdex.catalogue.declared import Declared, Outline
from errdex.catalogue.documents import is_openapi, is_openapi_folder
from errdex.catalogue.naming import class_name, collisions, is_device, member_name
from errdex.catalogue.nodes import Mapping, Scalar
from errdex.catalogue.responses import read_statuses
from errdex.catalogue.schema import check_shape
from errdex.catalogue.source import MAX_PROBLEMS, SourceError, parse, read_text
from errdex.catalogue.strict import validate_strict
from errdex.catalogue.suggest import suggestion
from errdex.errors import CatalogueError, Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from errdex.catalogue.nodes import Entries, Node
    from errdex.catalogue.source import Source

__all__ = ["Loaded", "load_catalogue", "read_catalogue", "validate_strict"]

_SECTIONS = ("links", "bodies", "problems", "causes", "remedies", "operations", "groups", "responses")
_NOUNS = {
    "links": "link", "bodies": "body", "problems": "problem", "causes": "cause", "remedies": "remedy",
    "operations": "operation", "groups": "group", "responses": "status",
}  # fmt: skip


class Loaded(NamedTuple):
    """What a path says."""

    catalogue: model.Catalogue
    files: tuple[str, ...]
    """Every file that was read."""


def load_catalogue(path: str, text: str | None = None) -> model.Catalogue:
    """Return the catalogue that a file, or a folder of YAML files, says; CatalogueError with all its problems.

    `text` is the content of the file when that is known already. An OpenAPI or Swagger document, YAML or
    JSON, is a catalogue too.
    """
    return read_catalogue(path, text).catalogue


def read_catalogue(path: str, text: str | None = None) -> Loaded:
    """Do as `load_catalogue`, and tell which files were read."""
    collecting = gc.isenabled()
    gc.disable()  # the tree only grows until it is dropped as a whole: collecting it meanwhile costs a third
    try:
        if text is None and os.path.isdir(path):
            return _read_folder(path)
        if text is None:
            text = _read(path)
        if is_openapi(text):
            from errdex.catalogue.openapi import read_openapi

            reading = read_openapi(path, text)
            return Loaded(reading.catalogue, reading.files)
        return Loaded(_load_sources(path, [parse(path, text)]), (path,))
    finally:
        if collecting:
            gc.enable()


def _read_folder(path: str) -> Loaded:
    try:
        openapi = is_openapi_folder(path)
        files = _files(path)
    except OSError as error:
        raise CatalogueError([Problem(Location(path, 0, 0), (error.strerror or str(error)).lower())]) from None
    if openapi:
        from errdex.catalogue.openapi import read_openapi

        reading = read_openapi(path)
        return Loaded(reading.catalogue, reading.files)
    if not files:
        raise CatalogueError([Problem(Location(path, 0, 0), "no .yaml file in this folder")])
    return Loaded(_load_sources(path, [parse(name, _read(name)) for name in files]), tuple(files))


def _read(path: str) -> str:
    try:
        return read_text(path)
    except SourceError as error:
        raise CatalogueError([error.problem]) from None


def _files(folder: str) -> list[str]:
    names = sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml")) and name[0] != ".")
    return [os.path.join(folder, name) for name in names]


def _load_sources(path: str, sources: list[Source]) -> model.Catalogue:
    problems = [problem for source in sources for problem in _check(source, alone=len(sources) == 1)]
    outline, merge_problems = _outline(path, sources)
    problems += merge_problems
    declared = Declared(outline)
    statuses = tuple(read_statuses(declared))
    catalogue = model.Catalogue(
        path=path,
        api=declared.api,
        links=tuple(declared.links.values()),
        operations=tuple(declared.operations.values()),
        groups=tuple(declared.groups.values()),
        columns=declared.columns,
        statuses=statuses,
        problems=tuple(declared.named.values()),
        notes=declared.notes,
        bodies=tuple(declared.bodies.values()),
        causes=tuple(declared.causes.values()),
        remedies=tuple(declared.remedies.values()),
    )
    _check_names(declared, catalogue)
    _check_uses(declared, catalogue)
    # What has the wrong shape is told once, not again as an id that nothing has.
    misshapen = {problem.location for problem in problems}
    problems += [problem for problem in declared.problems if problem.location not in misshapen]
    if problems:
        raise CatalogueError(_told(problems, [source.path for source in sources]))
    return catalogue


def _check(source: Source, *, alone: bool) -> Iterator[Problem]:
    yield from source.problems
    if source.root is None or (isinstance(source.root, Scalar) and not source.root.text):
        if not source.problems:
            yield Problem(Location(source.path, 0, 0), "the file is empty")
        return
    shape = check_shape(source, optional=frozenset() if alone else frozenset(("api",)))
    yield from islice(shape, MAX_PROBLEMS + 1)


def _told(problems: Iterable[Problem], paths: list[str]) -> list[Problem]:
    order = {path: number for number, path in enumerate(paths)}
    told = sorted(
        dict.fromkeys(problems), key=lambda p: (order.get(p.location.path, -1), p.location.line, p.location.column)
    )
    if len(told) > MAX_PROBLEMS:
        rest = f"more than {MAX_PROBLEMS} problems, the others are not told"
        told = [*told[:MAX_PROBLEMS], Problem(Location(told[-1].location.path, 0, 0), rest)]
    return told


def _outline(path: str, sources: list[Source]) -> tuple[Outline, list[Problem]]:
    sections: dict[str, Entries] = {name: {} for name in _SECTIONS}
    lists: dict[str, list[Node]] = {"notes": [], "columns": []}
    api: tuple[Scalar, Node] | None = None
    problems: list[Problem] = []
    for source in sources:
        root = source.root.entries if isinstance(source.root, Mapping) else {}
        for name in _SECTIONS:
            node = root[name][1] if name in root else None
            if not isinstance(node, Mapping):
                continue
            merged = sections[name]
            for id_, entry in node.entries.items():
                first = merged.setdefault(id_, entry)
                if first is not entry:
                    where = f"first in line {first[0].location.line} of {first[0].location.path}"
                    problems.append(source.problem(entry[0].location, f"{_NOUNS[name]} '{id_}' is said twice, {where}"))
        for name, items in lists.items():
            node = root[name][1] if name in root else None
            if isinstance(node, nodes.Sequence):
                items.extend(node.items)
        if "api" in root:
            if api is None:
                api = root["api"]
            else:
                place = api[0].location
                message = f"'api' is said twice, first in line {place.line} of {place.path}"
                problems.append(source.problem(root["api"][0].location, message))
    if api is None and len(sources) > 1:
        problems.append(Problem(Location(path, 0, 0), "no file of the folder has 'api'"))
    by_path = {source.path: source for source in sources}
    return Outline(path, by_path, sections, tuple(lists["notes"]), tuple(lists["columns"]), api), problems


def _check_names(declared: Declared, catalogue: model.Catalogue) -> None:
    """Report ids that would give one name to two generated things, or a name that a system keeps for itself."""
    _check_collisions(declared, "operations", catalogue.operations, class_name)
    _check_collisions(declared, "groups", catalogue.groups, class_name)
    _check_collisions(declared, "problems", catalogue.problems, member_name)
    named: tuple[model.Operation | model.Group | model.Problem, ...] = (
        *catalogue.operations, *catalogue.groups, *catalogue.problems,
    )  # fmt: skip
    for record in named:
        if is_device(record.id):
            declared.report(record.location, f"'{record.id}' is the name of a device in Windows, no name for a page")


def _check_collisions(
    declared: Declared,
    noun: str,
    records: Sequence[model.Operation] | Sequence[model.Group] | Sequence[model.Problem],
    name_of: Callable[[str], str],
) -> None:
    locations = {record.id: record.location for record in records}
    for first, second, name in collisions((record.id, name_of(record.id)) for record in records):
        where = f"'{first}' (line {locations[first].line}) and '{second}'"
        declared.report(locations[second], f"{noun} {where} would both be named {name}")


def _check_uses(declared: Declared, catalogue: model.Catalogue) -> None:
    """Report statuses and operations that `related` and `deprecated` name and nothing has."""
    statuses = [status.code for status in catalogue.statuses]
    known = {*statuses, *declared.operations}
    for section in ("operations", "responses"):
        for _, node in declared.outline.sections[section].values():
            for entries in _levels(node):
                related = entries.get("related")
                for item in related[1].items if related and isinstance(related[1], nodes.Sequence) else ():
                    if isinstance(item, Scalar) and item.text not in statuses:
                        declared.report(
                            item.location, f"no status '{item.text}' is documented{suggestion(item.text, statuses)}"
                        )
                deprecated = entries.get("deprecated")
                use = deprecated[1].entries.get("use") if deprecated and isinstance(deprecated[1], Mapping) else None
                if use and isinstance(use[1], Scalar) and use[1].text not in known:
                    declared.unknown(use[1], "operation or status", known)


def _levels(node: Node) -> Iterator[Entries]:
    """Yield the fields of a node and of the responses in it."""
    if isinstance(node, Mapping):
        yield node.entries
        for name in ("for", "responses"):
            inner = node.entries[name][1] if name in node.entries else None
            if isinstance(inner, Mapping):
                yield from (cell.entries for _, cell in inner.entries.values() if isinstance(cell, Mapping))
