"""Start-up time is a feature: what a command does not need is not imported. benchmarks/startup.py tells the time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"asyncio", "dataclasses", "email", "importlib.metadata", "jinja2", "jsonschema", "mkdocs", "unittest"}


def imported(folder: Path, *words: str) -> set[str]:
    """Return the modules that a run of the command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "errdex", *words],
        cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "codes").mkdir()
    shutil.copy(ROOT / "codes/netwrix-auditor.yaml", tmp_path / "codes")
    shutil.copy(ROOT / "examples/netwrix_client.py", tmp_path / "client.py")
    (tmp_path / "errdex.toml").write_text("catalogues = ['codes/netwrix-auditor.yaml']\n")
    return tmp_path


def test_check_imports_no_renderer_and_no_schema_validator(project: Path) -> None:
    modules = imported(project, "check", "client.py")
    assert {"errdex.lint.run", "ast"} <= modules
    assert not modules & HEAVY
    assert not {name for name in modules if name.startswith(("errdex.pages", "errdex.pymodule", "errdex.faults"))}


def test_check_parses_no_yaml_twice(project: Path) -> None:
    assert "yaml" in imported(project, "check", "client.py")
    modules = imported(project, "check", "client.py")
    assert not modules & {"yaml", "errdex.catalogue.load", "errdex.catalogue.schema", "hashlib"}
    with (project / "codes/netwrix-auditor.yaml").open("a") as stream:
        stream.write("# changed\n")
    assert "yaml" in imported(project, "check", "client.py")


def test_a_file_that_reaches_nothing_is_parsed_and_no_more(project: Path) -> None:
    (project / "other.py").write_text("x = 1\n")
    time.sleep(2.2)  # what was just written is not believed
    imported(project, "check", "other.py")
    modules = imported(project, "check", "other.py")
    assert {"errdex.lint.idle", "errdex.catalogue.known"} <= modules
    unneeded = {"errdex.catalogue.routes", "errdex.lint.interpreter", "errdex.lint.rules", "errdex.lint.examine"}
    assert not modules & unneeded
    assert not modules & {"argparse", "ast", "signal", "threading", "tomllib", "typing"}
    assert unneeded <= imported(project, "check", "client.py")


@pytest.mark.parametrize("words", ["--version", "--help"])
def test_the_frame_imports_no_command(project: Path, words: str) -> None:
    modules = imported(project, words)
    assert not modules & (HEAVY | {"ast", "tomllib", "yaml", "errdex.config", "errdex.lint.run"})
