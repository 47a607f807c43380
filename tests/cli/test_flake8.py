"""The plugin in the real flake8: the findings of `errdex check`, by codes that never change."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from errdex.cli.flake8_plugin import CODES, NO_CATALOGUE
from errdex.lint.rules import NAMES
from tests.cli.test_fixing import CLIENT, FIXED
from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

KNOWN = (ROOT / "docs/how-to/flake8.md").read_text(encoding="utf-8")


def flake8(folder: Path, *words: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "EDX,E9", "--jobs", "2", *words]
    env = clean_environment(PYTHONWARNINGS="")
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def configured(folder: Path) -> None:
    catalogue = ROOT / "codes/netwrix-auditor.yaml"
    (folder / "errdex.toml").write_text(f"catalogues = ['{catalogue}']\n", encoding="utf-8")


def test_right_code_is_silent(tmp_path: Path) -> None:
    configured(tmp_path)
    (tmp_path / "client.py").write_text(FIXED, encoding="utf-8")
    (tmp_path / "netwrix_auditor_errors.py").write_bytes((ROOT / "examples/netwrix_auditor_errors.py").read_bytes())
    assert flake8(tmp_path) == (0, [])


def test_it_says_what_check_says(errdex: Errdex, tmp_path: Path) -> None:
    configured(tmp_path)
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    (tmp_path / "example.py").write_bytes((ROOT / "examples/netwrix_client.py").read_bytes())
    (tmp_path / "silent.py").write_text(CLIENT.replace("json=records)", "json=records)  # noqa: EDX101"))
    (tmp_path / "ignored.py").write_text(CLIENT.replace("json=records)", "json=records)  # errdex: ignore why"))
    code, said = flake8(tmp_path)
    assert code == 1
    lines = errdex("check", "--format", "concise", "client.py", "example.py", "ignored.py", cwd=tmp_path).out
    expected = {
        f"{place}: {CODES[rule]} {rule}: {message}"
        for place, rule, message in re.findall(r"^(\S+:\d+:\d+): ([a-z-]+): (.*)$", lines, re.MULTILINE)
    }
    assert {line.removeprefix("./") for line in said} == expected
    assert len(expected) > 5


def test_a_project_without_a_catalogue_says_so(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    code, (line,) = flake8(tmp_path)
    assert (code, f"client.py:1:1: {NO_CATALOGUE} errdex cannot check: no catalogue is named" in line) == (1, True)


def test_every_rule_has_a_code() -> None:
    assert CODES.keys() == set(NAMES)
    assert len(set(CODES.values())) == len(CODES)
    assert all(re.fullmatch(r"EDX\d{3}", code) for code in CODES.values())
    assert re.findall(r"^\| (EDX\d{3}) \| \[?([a-z-]+)", KNOWN, re.MULTILINE) == [
        (code, rule) for rule, code in CODES.items()
    ]
