"""Completion in real shells, and the manual page as roff takes it."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from errdex.cli import COMMANDS
from errdex.cli.completion import script
from errdex.cli.manual import manual
from errdex.cli.parsing import parser_of
from errdex.lint.rules import NAMES
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Golden

PAGE = ROOT / "docs/errdex.1"
SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed"))
    for shell in ("bash", "zsh", "fish")
]
LINES = [
    # (what is typed, what has to be offered, what must not be)
    ("errdex ", {"check", "init", "validate"}, {"--jobs"}),
    ("errdex che", {"check"}, {"build"}),
    ("errdex check --ad", {"--add-ignore"}, {"--fix"}),
    ("errdex check --format j", {"json", "junit"}, {"full", "sarif"}),
    ("errdex export --to ", {"json", "openapi", "markdown"}, {"client.py"}),
    ("errdex explain dropped", {"dropped-status"}, {"broad-except"}),
    ("errdex check cl", {"client.py"}, {"other.txt"}),
    ("errdex completion ", {"bash", "zsh", "fish"}, {"check"}),
]


def offered(shell: str, line: str, folder: Path) -> set[str]:
    """Return what a shell offers for a line."""
    path = folder / f"errdex.{shell}"
    path.write_text(script(shell), encoding="utf-8")
    if shell == "fish":
        command = f"source {path}; complete -C {line!r}"
    elif shell == "bash":
        words = [*line.split(), *([""] if line.endswith(" ") else [])]
        quoted = " ".join(f"'{word}'" for word in words)
        ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _errdex"
        command = f"source {path}; {ask}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    else:
        return offered_by_zsh(line, path, folder)
    done = subprocess.run([shell, "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return {each.split("\t")[0].strip() for each in done.stdout.splitlines()}


def offered_by_zsh(line: str, path: Path, folder: Path) -> set[str]:
    """Ask zsh at a terminal: its completion needs one."""
    start = (
        "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PS1=; PROMPT_EOL_MARK=; setopt no_beep'; "
        f'zpty -w z \'autoload -U compinit; compinit -u -D; source {path}; zstyle ":completion:*" list-prompt ""\'; '
        "zpty -w z 'LISTMAX=10000; bindkey \"^I\" list-choices; echo REA''DY'; "
        "zpty -r -m z line '*READY*'; "
        f"zpty -w -n z {line!r}$'\\t'; sleep 1; zpty -w z ''; zpty -w z 'echo EN''D'; "
        "zpty -r -m z line '*END*'; print -r -- \"$line\"; zpty -d z"
    )
    command = ["zsh", "-f", "-c", start]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return set(re.sub(r"\x1b\[[\d;?]*[A-Za-z]", " ", done.stdout).split())


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_offers_what_there_is(shell: str, tmp_path: Path) -> None:
    (tmp_path / "client.py").touch()
    (tmp_path / "other.txt").touch()
    for line, wanted, unwanted in LINES:
        found = offered(shell, line, tmp_path)
        assert wanted <= found, f"{line}: {found}"
        assert found & unwanted == set(), line


def test_every_option_of_every_command_is_known() -> None:
    for shell in ("bash", "zsh", "fish"):
        text = script(shell)
        for command in COMMANDS:
            for option in parser_of(command).options:
                known = f"-l {option[2:]} " if shell == "fish" and option.startswith("--") else option.lstrip("-")
                assert known in f"{text} ", (shell, command.name, option)
    assert set(NAMES) <= set(script("bash").replace("'", " ").split())


def test_the_manual_is_up_to_date(golden: Golden) -> None:
    golden(PAGE, manual())


@pytest.mark.parametrize(
    "command", ["groff -man -Tutf8 -ww -z", "mandoc -man -T lint -W warning"], ids=["groff", "mandoc"]
)
def test_the_manual_is_sound(command: str) -> None:
    if shutil.which(command.split(maxsplit=1)[0]) is None:
        pytest.skip(f"{command.split(maxsplit=1)[0]} is not installed")
    done = subprocess.run([*command.split(), PAGE], capture_output=True, text=True, check=False)
    # A page of a release has the release's name for a date.
    said = [line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line]
    assert said == []
