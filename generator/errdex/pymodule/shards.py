"""A module too large for one file, as the parts of a package that are loaded when they are asked for.

Operations are filed under their first tag, so that those that are used together are loaded together and a change
of the catalogue changes few files; a tag with many errors gets several files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.naming import slug
from errdex.pymodule.literals import entry
from errdex.pymodule.views import FUNCTIONS, RECORDS, sorted_imports, typing_names
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.pymodule.outline import OperationErrors, Outline
    from errdex.pymodule.views import ModuleView, OperationView

ONE_SHARD = 60
"""How many errors one file may have, unless a single operation has more: loading them takes about 4 ms."""


class PartView(NamedTuple):
    """A file of the package and the names that its users may ask for."""

    module: str
    names: tuple[str, ...]


class ShardView(NamedTuple):
    """A file with the errors of some operations."""

    module: str
    typing: str
    """What it imports from `typing`."""
    bases: tuple[str, ...]
    """What its classes are derived from."""
    operations: tuple[OperationView, ...]
    aliases: tuple[str, ...]
    """Its unions, and the types of what `errors_of` returns."""


class PackageView(NamedTuple):
    """The parts of a package."""

    shards: tuple[ShardView, ...]
    parts: tuple[PartView, ...]
    """All files, by name."""
    names: tuple[str, ...]
    """An entry of a table for each file: what its users may ask for."""
    operations: tuple[str, ...]
    """An entry of a table for each shard: the operations that it has."""
    aliases: tuple[PartView, ...]
    """What the types of the operations are written with, by file."""
    typing: tuple[str, ...]
    """What `_errors.py` imports from `typing`."""
    has_operation_without_errors: bool
    used_by_functions: tuple[str, ...]
    """What the functions' types are written with."""


def package_view(module: Outline, view: ModuleView) -> PackageView:
    """Return how a module is divided, whose outline is given as it is and as source."""
    divided = list(_divide(module))
    views = {operation.id: shown for operation, shown in zip(module.operations, view.operations, strict=True)}
    shards = tuple(_shard(name, operations, views) for name, operations in divided)
    general = (error.name for error in module.names.errors if not error.operation)
    parts = _sorted_parts(
        _part("_errors", (*RECORDS, *general)),
        _part("_functions", ("Response", *FUNCTIONS)),
        _part("_operations", ("Operation",)),
        *(_part(name, _names(operations)) for name, operations in divided),
    )
    aliases = _sorted_parts(
        _part("_errors", (module.names.base, "ErrorTypes")),
        *(_part(shard.module, shard.aliases) for shard in shards),
    )
    return PackageView(
        shards=shards,
        parts=parts,
        names=tuple(entry(part.module, part.names) for part in parts),
        operations=tuple(entry(f".{name}", tuple(item.id for item in operations)) for name, operations in divided),
        aliases=aliases,
        typing=typing_names(module, "errors"),
        has_operation_without_errors=not all(operation.union for operation in module.operations),
        used_by_functions=sorted_imports((module.names.base, "ErrorTable", "ErrorTypes", "UndocumentedError")),
    )


def _part(module: str, names: Iterable[str]) -> PartView:
    return PartView(module, sorted_imports(names))


def _sorted_parts(*parts: PartView) -> tuple[PartView, ...]:
    named = {part.module: part for part in parts if part.names}
    return tuple(named[module] for module in sorted_imports(named))


def _divide(module: Outline) -> Iterator[tuple[str, list[OperationErrors]]]:
    """Yield (file name without suffix, operations)."""
    by_tag: dict[str, list[OperationErrors]] = {}
    for operation in module.operations:
        # File names have an end; tags that are one up to there share their files.
        by_tag.setdefault(slug(operation.tag or "other")[:60].replace("-", "_"), []).append(operation)
    for tag, operations in sorted(by_tag.items()):
        pieces: list[list[OperationErrors]] = [[]]
        size = 0
        for operation in operations:
            if size and size + len(operation.errors) > ONE_SHARD:
                pieces.append([])
                size = 0
            pieces[-1].append(operation)
            size += len(operation.errors)
        for number, piece in enumerate(pieces, 1):
            yield f"_{tag}_errors{f'_{number}' if number > 1 else ''}", piece


def _names(operations: list[OperationErrors]) -> Iterator[str]:
    for operation in operations:
        yield from (error.name for error in operation.errors)
        if operation.union:
            yield from (operation.union, operation.types)


def _shard(name: str, operations: list[OperationErrors], views: Mapping[str, OperationView]) -> ShardView:
    own = {error.name for operation in operations for error in operation.errors}
    bases = {used for operation in operations for error in operation.errors for used in error.bases} - own
    records = {
        word
        for operation in operations
        for error in operation.errors
        for attribute, value in error.attributes
        for word, used in (("Cause", attribute == "causes"), ("Problem", attribute == "problems"))
        if used and value
    }
    has_unions = any(len(operation.documented) > 1 for operation in operations)
    return ShardView(
        module=name,
        typing="TYPE_CHECKING, Union" if has_unions else "TYPE_CHECKING",
        bases=sorted_imports(bases | records),
        operations=tuple(views[operation.id] for operation in operations),
        aliases=sorted_imports(alias for item in operations if item.union for alias in (item.union, item.types)),
    )
