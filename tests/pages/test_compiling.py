"""Templates are compiled once for each installation, and nothing else changes by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages
from tests.pages.building import NETWRIX

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import json, sys
from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages
json.dump(render_pages(load_catalogue(sys.argv[1])), sys.stdout)
"""


def rendered(folder: Path, **environment: str) -> dict[str, str]:
    """Return the pages that a new process renders, which keeps bytecode in a folder."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(NETWRIX)],
        env={**inherited, "PYTHONPYCACHEPREFIX": str(folder), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    pages: dict[str, str] = json.loads(ran.stdout)
    return pages


def kept(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Return what each compiled template holds, and when it was written."""
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.template")}


def test_nothing_is_kept_where_no_bytecode_is_wanted(tmp_path: Path) -> None:
    rendered(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert kept(tmp_path) == {}


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    expected = render_pages(load_catalogue(str(NETWRIX)))
    assert rendered(tmp_path) == expected
    first = kept(tmp_path)
    assert len(first) > 10
    assert rendered(tmp_path) == expected
    assert kept(tmp_path) == first


def test_what_is_not_as_it_was_kept_is_compiled_anew(tmp_path: Path) -> None:
    expected = rendered(tmp_path)
    first = kept(tmp_path)
    for number, (path, (data, _)) in enumerate(sorted(first.items())):
        path.write_bytes((b"", data[:-1], data.replace(b"errdex", b"others"))[number % 3])
    assert rendered(tmp_path) == expected
    assert {path: data for path, (data, _) in kept(tmp_path).items()} == {p: data for p, (data, _) in first.items()}
