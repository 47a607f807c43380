"""Pages that tell a story are followed: their files are written, their commands run, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, clean_environment

if TYPE_CHECKING:
    from tests.conftest import Errdex, Golden

PROJECT = """\
catalogues = ["codes/netwrix-auditor.yaml"]

[module]
output = "netwrix_auditor_errors.py"
"""
_STEP = re.compile(
    r'^```\w+ title="(?P<title>[^"]+)"\n(?P<text>(?s:.*?))^```$'
    r"|^<!-- (?P<what>append to|in|put into|as it is:) (?P<file>\S+) -->\n\n```\w+\n(?P<other>(?s:.*?))^```$"
    r"|^```console\n(?P<run>\$ (?s:.*?))^```$",
    re.MULTILINE,
)
"""A file that is written, added to or shown, text of it that another takes the place of, or commands that are run."""
TOOLS = {"git", "pre-commit"}


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
    shown, last, old = "", 0, ""
    for step in _STEP.finditer(text):
        shown, last = shown + text[last : step.start()], step.end()
        if step["run"]:
            shown += f"```console\n{ran(step['run'], folder, errdex)}```"
            continue
        path = folder / (step["title"] or step["file"])
        path.parent.mkdir(parents=True, exist_ok=True)
        now = path.read_text(encoding="utf-8") if path.exists() else ""
        block = step[0]
        match step["what"]:
            case None:
                path.write_text(step["text"], encoding="utf-8")
            case "append to":
                path.write_text(now + step["other"], encoding="utf-8")
            case "in":
                assert now.count(step["other"]) == 1
                old = step["other"]
            case "put into":
                path.write_text(now.replace(old, step["other"]), encoding="utf-8")
            case _:
                block = block.removesuffix(f"{step['other']}```") + f"{now}```"
        shown += block
    golden(page, shown + text[last:])


def ran(block: str, folder: Path, errdex: Errdex) -> str:
    """Return the commands of a block with what they print; `echo $?` shows how the one before ended."""
    said, code = "", 0
    for line in block.splitlines():
        words = shlex.split(line)[1:] if line.startswith("$ ") else [""]
        if line == "$ echo $?":
            said += f"{line}\n{code}\n"
        elif words[0] == "errdex":
            done = errdex(*words[1:], cwd=folder, env={"COLUMNS": "100"})
            code, said = done.code, f"{said}{line}\n{done.out}{done.err}"
        elif words[0] in TOOLS:
            code, out = tool(words, folder)
            said += f"{line}\n{out}"
    return said


def tool(words: list[str], folder: Path) -> tuple[int, str]:
    """Run another program as somebody at a terminal of 100 columns, with errdex on the path."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    env = clean_environment(
        HOME=str(home),
        PRE_COMMIT_HOME=str(home / "pre-commit"),
        PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        COLUMNS="100",
        PYTHONWARNINGS="",
    )
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_tutorial_in_an_empty_folder(tmp_path: Path, errdex: Errdex, golden: Golden) -> None:
    folder = tmp_path / "my-api"
    folder.mkdir()
    follow(ROOT / "docs/tutorial.md", folder, errdex, golden)
    text = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    ends = re.findall(r"^\$ echo \$\?\n(\d)$", text, re.MULTILINE)
    assert ends == ["2", "1", "1", "0"]  # a broken catalogue, a finding, a commit that fails, and one that does not


@pytest.mark.parametrize("page", ["docs/how-to/fix.md"])
def test_what_the_page_shows_is_what_happens(page: str, folder: Path, errdex: Errdex, golden: Golden) -> None:
    follow(ROOT / page, folder, errdex, golden)


RUN_ELSEWHERE = {
    # command as the page has it: (the test file, or script, that runs it; what stands there)
    'errdex check --fix --add-ignore "the proxy retries"': ("tests/cli/test_fixing.py", '"--fix", "--add-ignore"'),
    "flake8 --select EDX src": ("tests/cli/test_flake8.py", '"flake8", "--isolated", "--select", "EDX'),
    "errdex mock codes/netwrix-auditor.yaml": ("tests/faults/test_mock_command.py", '"mock"'),
    "curl -X PUT http://127.0.0.1:4010/_errdex/answers": ("tests/faults/test_server.py", "_errdex/answers"),
    "errdex mock codes/netwrix-auditor.yaml --tls-cert": ("tests/faults/test_mock_command.py", "--tls-cert"),
    "errdex prove": ("tests/faults/test_docs.py", 'errdex("prove"'),
    "errdex pages codes/my-api.yaml -o docs/my-api": ("tests/cli/test_commands.py", '"pages"'),
    "mike deploy --update-aliases": ("tests/pages/test_versions.py", "deploy"),
    "mike set-default latest": ("tests/pages/test_versions.py", "set-default"),
    "zensical build": ("tests/pages/test_engines.py", '"zensical"'),
    "errdex check src --exit-zero --format json": ("tests/lint/test_reach.py", '"--format", "json", "--exit-zero"'),
    "errdex check repos/* --catalogue codes/shop.yaml": ("tests/lint/test_executors.py", '"--executor"'),
    "source <(errdex completion bash)": ("tests/cli/test_shells.py", '"bash"'),
    "source <(errdex completion zsh)": ("tests/cli/test_shells.py", '"zsh"'),
    "errdex completion fish | source": ("tests/cli/test_shells.py", '"fish"'),
    "python3 -m venv .venv && .venv/bin/pip install": (".ci/run", "README.md"),
    ".venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest": (".ci/run", "README.md"),
    ".venv/bin/pytest -q -n 2": (".ci/run", "README.md"),
    "SOURCE_DATE_EPOCH=$(git log -1 --format=%ct v1.0) release/build dist": ("tests/test_release.py", "release/build"),
}
NOT_RUN = {
    "python -m tests.fuzz.": "it fuzzes for half an hour, by hand; tests/fuzz has what runs always",
    "pip install": "it asks an index; what it installs is tested in an empty environment, from files",
    "dask scheduler": "tests/lint/test_executors.py starts the same scheduler, from Python",
    "dask worker": "tests/lint/test_executors.py starts the same workers, from Python",
    "gh attestation verify": "it asks GitHub for what only a release has",
}
FOLLOWED = {"docs/tutorial.md", "docs/how-to/fix.md", "docs/reference/cli.md", "README.md"}
"""Pages whose console blocks are run as they stand, here and in tests/test_docs.py."""


def test_every_command_of_every_page_is_run() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY"))]
    left, used = [], set()
    for page in pages:
        name = page.relative_to(ROOT).as_posix()
        text = page.read_text(encoding="utf-8")
        for kind, block in re.findall(r"^ *```(console|sh|bash|shell)\n((?s:.*?))^ *```$", text, re.MULTILINE):
            lines = (line.strip() for line in block.splitlines())
            commands = [line.removeprefix("$ ") for line in lines if kind != "console" or line.startswith("$ ")]
            for command in () if kind == "console" and name in FOLLOWED else commands:
                known = [key for key in (*RUN_ELSEWHERE, *NOT_RUN) if command.startswith(key)]
                used.update(known)
                left += [] if known else [f"{name}: {command}"]
    assert left == []
    assert used == RUN_ELSEWHERE.keys() | NOT_RUN.keys()
    for path, said in RUN_ELSEWHERE.values():
        assert said in (ROOT / path).read_text(encoding="utf-8"), (path, said)
