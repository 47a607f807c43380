"""The wheel has everything that an installed errdex needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the wheel holds, as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_nothing_is_missing(installed: Path) -> None:
    source = ROOT / "generator/errdex"
    wanted = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {f"rule_pages/{path.name}" for path in (ROOT / "docs/rules").glob("*.md")}
    got = {
        path.relative_to(installed / "errdex").as_posix()
        for path in (installed / "errdex").rglob("*")
        if path.is_file()
    }
    assert got == wanted
    assert {"py.typed", "catalogue/schema.json", "cli/starting/catalogue.yaml"} <= got


def test_it_works_from_anywhere(installed: Path, tmp_path: Path) -> None:
    env = clean_environment(PYTHONPATH=os.fspath(installed))
    for words, says in (
        ("--version", "errdex "),
        ("explain dropped-status", "# dropped-status"),
        ("init", "written   errdex.toml"),
        ("build", "module    "),
        ("validate --strict", "3 operations"),
        ("check", "no findings"),
    ):
        command = [sys.executable, "-P", "-m", "errdex", *words.split()]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert says in done.stdout
