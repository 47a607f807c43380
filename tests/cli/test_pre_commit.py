"""The three hooks, run by the real pre-commit in a repository that uses ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
HOOKS = ("errdex-check", "errdex-validate", "errdex-build")
CATALOGUE = """\
catalogue: 1
api: {id: shop, title: Shop, servers: ["https://shop.example.com"]}
bodies: {empty: {kind: empty}}
operations: {add-item: {title: Add an item, endpoints: [POST /items]}}
responses:
  200: {reason: OK, summary: Added.}
  413: {reason: Too Large, body: empty, summary: The item is too large.}
"""
CONFIG = """\
catalogues = ["codes/shop.yaml"]
[module]
output = "shop_errors.py"
"""
RIGHT = """\
import requests


def add(item):
    response = requests.post("https://shop.example.com/items", json=item, timeout=9)
    response.raise_for_status()
"""
WRONG = RIGHT.replace("    response.raise_for_status()\n", "    return response.status_code != 500\n")


class Scratch(NamedTuple):
    """A repository that uses the hooks."""

    path: Path
    env: dict[str, str]

    def run(self, *words: str) -> tuple[int, str]:
        done = subprocess.run(
            words, cwd=self.path, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        return done.returncode, done.stdout

    def hook(self, name: str) -> tuple[int, str]:
        return self.run(str(PRE_COMMIT), "run", name, "--all-files")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Return a repository whose hooks come from a snapshot of this project, committed or not."""
    folder = tmp_path_factory.mktemp("hooks")
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "VIRTUAL_ENV"))},
        "PRE_COMMIT_HOME": str(folder / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    ours = Scratch(folder / "errdex", env)
    for path in ("generator", "docs/rules"):
        shutil.copytree(ROOT / path, ours.path / path, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / path, ours.path / path)
    theirs = Scratch(folder / "shop", env)
    (theirs.path / "codes").mkdir(parents=True)
    for repository in (ours, theirs):
        repository.run("git", "init", "-q")
    ours.run("git", "add", "-A", "-f")
    ours.run("git", "commit", "-q", "-m", "snapshot")
    revision = ours.run("git", "rev-parse", "HEAD")[1].strip()
    hooks = "".join(f"      - id: {hook}\n" for hook in HOOKS)
    (theirs.path / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {ours.path}\n    rev: {revision}\n    hooks:\n{hooks}"
    )
    (theirs.path / "errdex.toml").write_text(CONFIG)
    (theirs.path / "codes/shop.yaml").write_text(CATALOGUE)
    (theirs.path / "client.py").write_text(RIGHT)
    theirs.run("git", "add", "-A")
    code, said = theirs.run(str(PRE_COMMIT), "install", "--install-hooks")
    assert code == 0, said
    return theirs


def test_manifest_is_valid() -> None:
    done = subprocess.run(
        [PRE_COMMIT, "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_hooks(scratch: Scratch) -> None:
    """One test after the other: the environment of the hooks takes seconds to make."""
    code, said = scratch.hook("errdex-validate")
    assert code == 0, said
    code, said = scratch.hook("errdex-check")
    assert code == 0, said
    code, said = scratch.hook("errdex-build")
    assert code == 1, said
    assert "shop_errors.py: missing" in said

    installed = next((Path(scratch.env["PRE_COMMIT_HOME"])).glob("repo*/py_env-*/bin/errdex"))
    assert scratch.run(str(installed), "build")[0] == 0
    code, said = scratch.run("git", "add", "-A")
    assert code == 0, said
    code, said = scratch.run("git", "commit", "-m", "all is well")
    assert code == 0, said
    assert said.count("Passed") == 3, said

    (scratch.path / "client.py").write_text(WRONG)
    code, said = scratch.run("git", "commit", "-a", "-m", "a mistake")
    assert code == 1, said
    assert "client.py:5:" in said
    assert "POST /items can answer 413 here" in said
    assert scratch.run("git", "log", "--oneline")[1].count("\n") == 1
    (scratch.path / "client.py").write_text(RIGHT)

    (scratch.path / "codes/shop.yaml").write_text(CATALOGUE.replace("reason: OK", "reson: OK"))
    code, said = scratch.hook("errdex-validate")
    assert code == 1, said
    assert "codes/shop.yaml:6:9: unknown key 'reson'" in said

    (scratch.path / "codes/shop.yaml").write_text(CATALOGUE.replace("too large", "larger than 5 MB"))
    code, said = scratch.hook("errdex-build")
    assert code == 1, said
    assert "shop_errors.py: out of date" in said
