"""Render a catalogue as the source text of a Python module.

One file for most APIs; a package whose classes are loaded when they are asked for, above `ONE_FILE` of them. The
templates hold the code that is the same for every API; `literals` turns what comes from the catalogue into source,
`verify` reads it back, and `places` puts it where it belongs.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from errdex.pymodule import places
from errdex.pymodule.outline import outline
from errdex.pymodule.places import fill
from errdex.pymodule.shards import package_view
from errdex.pymodule.verify import verify
from errdex.pymodule.views import module_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue
    from errdex.pymodule.outline import Outline

ONE_FILE = 300
"""How many errors of operations one file may have."""


def render_module(catalogue: Catalogue) -> dict[str, str]:
    """Return the module's files as {relative path: text}: `x_errors.py`, or those of the package `x_errors/`.

    The texts depend on the catalogue alone. Raises CatalogueError when two facts of the catalogue would share a name.
    """
    collecting = gc.isenabled()
    gc.disable()  # what is made here is small beside a large catalogue, which every collection would go through
    try:
        module = outline(catalogue)
        files = dict(_package(module) if _is_large(module) else _file(module))
    finally:
        if collecting:
            gc.enable()
    return files


def _is_large(module: Outline) -> bool:
    return sum(len(operation.errors) for operation in module.operations) > ONE_FILE


def _file(module: Outline) -> Iterator[tuple[str, str]]:
    view = module_view(module)
    verify(module, view)
    yield f"{module.names.module}.py", fill("module.py", places.of_module(view))


def _package(module: Outline) -> Iterator[tuple[str, str]]:
    folder = module.names.module
    view = module_view(module, is_package=True)
    package = package_view(module, view)
    verify(module, view, package)
    index, parts = places.of_index(view, package), places.of_parts(view, package)
    yield f"{folder}/__init__.py", fill("package/__init__.py", index)
    yield f"{folder}/__init__.pyi", fill("package/__init__.pyi", index)
    for name in ("_errors.py", "_functions.py", "_operations.py"):
        yield f"{folder}/{name}", fill(f"package/{name}", parts)
    for shard in package.shards:
        yield f"{folder}/{shard.module}.py", fill("package/_shard.py", places.of_shard(shard))
    yield f"{folder}/py.typed", ""
