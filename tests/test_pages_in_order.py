"""Pages that tell a story are followed: their files are written, their commands run, in an empty folder."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex, Golden

PROJECT = """\
catalogues = ["codes/netwrix-auditor.yaml"]

[module]
output = "netwrix_auditor_errors.py"
"""
_STEP = re.compile(
    r'^```\w+ title="(?P<file>[^"]+)"\n(?P<text>(?s:.*?))^```$|^```console\n(?P<run>\$ (?s:.*?))^```$', re.MULTILINE
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "codes").mkdir()
    for source, target in (
        ("codes/netwrix-auditor.yaml", "codes/netwrix-auditor.yaml"),
        ("examples/netwrix_auditor_errors.py", "netwrix_auditor_errors.py"),
    ):
        (tmp_path / target).write_bytes((ROOT / source).read_bytes())
    (tmp_path / "errdex.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def follow(page: Path, folder: Path, errdex: Errdex, golden: Golden) -> None:
    """Write each file and run each command of a page in order; below a command stands what it prints."""
    text = page.read_text(encoding="utf-8")
    shown, last = "", 0
    for step in _STEP.finditer(text):
        shown, last = shown + text[last : step.start()], step.end()
        if step["file"]:
            path = folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"], encoding="utf-8")
            shown += step[0]
        else:
            shown += f"```console\n{ran(step['run'], folder, errdex)}```"
    golden(page, shown + text[last:])


def ran(block: str, folder: Path, errdex: Errdex) -> str:
    """Return the commands of a block with what they print; `echo $?` shows how the one before ended."""
    said, code = "", 0
    for line in block.splitlines():
        if line == "$ echo $?":
            said += f"{line}\n{code}\n"
        elif line.startswith("$ errdex "):
            done = errdex(*shlex.split(line)[2:], cwd=folder, env={"COLUMNS": "100"})
            code = done.code
            said += f"{line}\n{done.out}{done.err}"
    return said


@pytest.mark.parametrize("page", ["docs/how-to/fix.md"])
def test_what_the_page_shows_is_what_happens(page: str, folder: Path, errdex: Errdex, golden: Golden) -> None:
    follow(ROOT / page, folder, errdex, golden)
