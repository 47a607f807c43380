"""Generated modules as Python has them: written to a folder and imported."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from errdex.pymodule.render import render_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from errdex.catalogue.model import Catalogue


def write(files: Mapping[str, str], folder: Path) -> str:
    """Write the files of a module; return the name that it is imported by."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return next(iter(files)).split("/")[0].removesuffix(".py")


@contextmanager
def imported(catalogue: Catalogue, folder: Path) -> Iterator[Any]:
    """Generate the module of a catalogue and import it; afterwards all is loaded that was loaded before."""
    name = write(render_module(catalogue), folder)
    before = _unloaded(name)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        _unloaded(name)
        sys.modules.update(before)


def _unloaded(name: str) -> dict[str, ModuleType]:
    """Forget a module and its parts, and return them."""
    return {loaded: sys.modules.pop(loaded) for loaded in list(sys.modules) if loaded.split(".")[0] == name}
