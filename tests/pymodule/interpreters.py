"""The Pythons of this machine that a generated module can be tried on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PYODIDES = ".cache/errdex-pythons/*/node_modules/pyodide"
"""CPythons that no distribution has yet, compiled to WebAssembly, where .ci/run puts them below the home folder."""


def _interpreters() -> dict[str, Sequence[str]]:
    """Return how each Python from 3.9 on runs a script with all warnings as errors, by version."""
    return dict(sorted([*_pyodides(), *_natives()]))


def _natives() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the Pythons on the path and those of pyenv."""
    candidates = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in range(9, 20))]
    candidates += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))]
    found: dict[str, Sequence[str]] = {}
    for candidate in [*candidates, shutil.which("pypy3")]:
        if candidate is None:
            continue
        run = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"Python 3\.(\d+)\.", run.stdout)
        if version and int(version[1]) >= 9:
            name = f"3.{int(version[1]):02}{' pypy' if 'PyPy' in run.stdout else ''}"
            found.setdefault(name, (candidate, "-I", "-W", "error", "-c"))
    yield from found.items()


def _pyodides() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the Pythons that Node runs; version 314.0.7 of the package has Python 3.14."""
    node = shutil.which("node")
    for folder in Path.home().glob(PYODIDES) if node else ():
        version = json.loads((folder / "package.json").read_text())["version"].partition(".")[0]
        if node and version >= "314":
            yield f"3.{version[1:]} wasm", (node, str(Path(__file__).with_name("pyodide.mjs")), str(folder))


INTERPRETERS = _interpreters()
"""By version, `3.09` before `3.11`; at least the one that runs the tests. A script and its arguments follow each."""
