"""What stands at the places of the templates: source text for each of them, by name.

A template is text with places such as `{{ base }}`. One that stands alone on its line takes several lines, or none
at all. A place that nothing is given for takes the template of that name. Nothing that is put in is looked at again.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from errdex.pymodule.shards import PackageView, PartView, ShardView
    from errdex.pymodule.views import ErrorView, ModuleView, OperationView

Places = dict[str, str]

_PLACE = re.compile(r"^\{\{ (?P<alone>\w+) \}\}\n|\{\{ (?P<inside>\w+) \}\}", re.MULTILINE)
_FOLDER = os.path.join(os.path.dirname(__file__), "templates")
_OF_PACKAGES = frozenset(("origin", "subclass_origin"))
"""Templates for what only a package has."""


def fill(template: str, places: Mapping[str, str]) -> str:
    """Return a template's text with what stands at its places."""

    def text_at(place: re.Match[str]) -> str:
        alone = place["alone"]
        name = alone or place["inside"]
        text = places[name] if name in places else _part(name, places)
        return f"{text}\n" if alone and text else text

    return _PLACE.sub(text_at, _template(template))


def _part(name: str, places: Mapping[str, str]) -> str:
    return fill(f"package/{name}" if name in _OF_PACKAGES else name, places).removesuffix("\n")


def of_module(view: ModuleView) -> Places:
    """Return what stands at the places of the one file, and of the parts that a package has in common with it."""
    return {
        "base": view.base,
        "base_says": view.base_says,
        **view.families,
        "typing": _listed(view.typing),
        "exported": _lines(f'    "{name}",' for name in view.exported),
        "request_id_header": view.request_id_header,
        "json_paths": view.json_paths,
        "xml_paths": view.xml_paths,
        "members": _after_blank(f"    {name} = {value}" for name, value in view.members),
        "problem_members": _after_blank(f"    {problem.member}: ClassVar[Problem]" for problem in view.problems),
        "problems": "".join(f"{problem.definition}\n" for problem in view.problems),
        "facts": _dictionary([problem.facts for problem in view.problems]),
        "uris": _dictionary(view.problem_uris),
        "status_classes": _classes(view.statuses),
        "undocumented": _lines(f'    "{error.status}": {error.name},' for error in view.undocumented),
        **_of_operations(view.operations),
        "declarations": _after_blank(operation.declaration for operation in view.operations),
        "definitions": _lines(operation.definition for operation in view.operations),
        **({} if view.is_package else dict.fromkeys(_OF_PACKAGES, "")),
    }


def of_index(view: ModuleView, package: PackageView) -> Places:
    """Return what stands at the places of a package's `__init__.py` and its stub."""
    return {
        "names": _lines(package.names),
        "imports": _lines(_import(part) for part in package.parts),
        "exported": _lines(f'    "{name}",' for name in view.exported),
    }


def of_parts(view: ModuleView, package: PackageView) -> Places:
    """Return what stands at the places of the parts of a package that are no shards."""
    return of_module(view) | {
        "typing": _listed(package.typing),
        "used_by_functions": _listed(package.used_by_functions, 8),
        "no_return": "    NoReturn," if package.has_operation_without_errors else "",
        "imports": _lines(_import(part, 4) for part in package.aliases),
        "shards": _lines(package.operations),
    }


def of_shard(shard: ShardView) -> Places:
    """Return what stands at the places of the file with the errors of some operations."""
    bases = f"\nfrom ._errors import (\n{_listed(shard.bases)}\n)" if shard.bases else ""
    return {"typing": shard.typing, "bases": bases, **_of_operations(shard.operations)}


def _of_operations(operations: Sequence[OperationView]) -> Places:
    aliases = _lines(f"{operation.union}\n{operation.types}" for operation in operations if operation.union)
    return {
        "classes": _classes(error for operation in operations for error in operation.errors),
        "aliases": f"\n\n{aliases}" if aliases else "",
        "tables": _lines(operation.table for operation in operations),
    }


def _classes(errors: Iterable[ErrorView]) -> str:
    return _lines(f"\n\n{_class(error)}" for error in errors)


def _class(error: ErrorView) -> str:
    lines = [error.header, error.docstring]
    if error.attributes:
        lines += ["", *error.attributes]
    if error.status:
        lines += [
            "",
            "    @property",
            f"    def status(self) -> Literal[{error.status}]:",
            f'        """Always {error.status}."""',
            f"        return {error.status}",
        ]
    return "\n".join(lines)


def _import(part: PartView, indent: int = 0) -> str:
    edge = " " * indent
    return f"{edge}from .{part.module} import (\n{_listed(part.names, indent + 4)}\n{edge})"


def _listed(names: Iterable[str], indent: int = 4) -> str:
    return _lines(f"{' ' * indent}{name}," for name in names)


def _dictionary(entries: Sequence[str]) -> str:
    return _lines(("{", *entries, "}")) if entries else "{}"


def _after_blank(lines: Iterable[str]) -> str:
    text = _lines(lines)
    return f"\n{text}" if text else ""


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


@cache
def _template(name: str) -> str:
    with open(os.path.join(_FOLDER, *f"{name}.template".split("/")), encoding="utf-8", newline="") as file:
        return file.read()
