"""The house rules that tools can hold: style, types, layers, sizes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TOOLS = Path(sys.executable).parent
LONGEST = 400
"""Lines of a module."""


@pytest.mark.parametrize(
    "command", ["ruff check", "ruff format --check", "mypy", "lint-imports --no-cache"], ids=lambda command: command
)
def test_tool_has_nothing_to_say(command: str) -> None:
    tool, *words = command.split()
    done = subprocess.run([TOOLS / tool, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "generator").rglob("*.py")
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
    assert len(lengths) > 50


def test_modules_say_what_they_are_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "generator").rglob("*.py")
        if not path.read_text(encoding="utf-8").lstrip("r").startswith('"""')
    ]
    assert silent == []
