"""Render a catalogue as the source text of a Python module.

One file for most APIs; a package whose classes are loaded when they are asked for, above `ONE_FILE` of them. The
templates hold the code that is the same for every API, and name what comes from the catalogue; `literals` turns
that into source before the templates see it, and `verify` reads it back.
"""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING

from errdex.pymodule.outline import outline
from errdex.pymodule.shards import package_view
from errdex.pymodule.verify import verify
from errdex.pymodule.views import module_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2

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
    yield f"{module.names.module}.py", _render("module.py.jinja", module=view)


def _package(module: Outline) -> Iterator[tuple[str, str]]:
    folder = module.names.module
    view = module_view(module, is_package=True)
    package = package_view(module, view)
    verify(module, view, package)
    for name in ("__init__.py", "__init__.pyi", "_errors.py", "_functions.py", "_operations.py"):
        yield f"{folder}/{name}", _render(f"package/{name}.jinja", module=view, package=package)
    for shard in package.shards:
        yield f"{folder}/{shard.module}.py", _render("package/_shard.py.jinja", module=view, shard=shard)
    yield f"{folder}/py.typed", ""


def _render(template: str, **context: object) -> str:
    return _templates().get_template(template).render(context)


@cache
def _templates() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("errdex.pymodule"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # templates do not change under a run; looking costs a tenth of a large module
        autoescape=False,  # noqa: S701 - Python, not HTML: literals.py escapes
    )
