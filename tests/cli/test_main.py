"""The frame of the command line: exit codes, and what is said when a run cannot go on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from errdex.cli import COMMANDS
from tests.conftest import ROOT, clean_environment
from tests.lint.reports.runner import commands

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

BROKEN = "catalogue: 1\napi: {id: x, titel: y}\n"
WORKING = """\
catalogue: 1
api: {id: shop, title: Shop}
operations: {list-items: {title: List items, endpoints: [GET /items]}}
responses: {200: {reason: OK, summary: Done.}}
"""


def test_version(errdex: Errdex) -> None:
    ran = errdex("--version")
    assert ran.code == 0
    assert ran.out.startswith("errdex ")


@pytest.mark.parametrize("words", [[], ["--help"], *([command.name, "--help"] for command in COMMANDS)], ids=" ".join)
def test_help(errdex: Errdex, words: list[str]) -> None:
    ran = errdex(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: errdex {words[0]}" if len(words) > 1 else "usage: errdex")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chek"], "errdex: there is no command 'chek'; did you mean 'check'? (see `errdex --help`)"),
        (["--nonsense"], "errdex: unrecognized arguments: --nonsense (see `errdex --help`)"),
        (
            ["validate", "--strickt"],
            "errdex: '--strickt' is no argument of errdex validate; did you mean '--strict'? (see `errdex",
        ),
        (["export", "x.yaml"], "errdex: the following arguments are required: --to (see `errdex export --help`)"),
        (["check", "--stri", "x.py"], "errdex: '--stri' is no argument of errdex check; did you mean '--strict'?"),
        (["check", "--jobs", "many"], "errdex: argument --jobs: 'many' is not a number of processes"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage(errdex: Errdex, words: list[str], message: str) -> None:
    ran = errdex(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(message)
    assert ran.err.count("\n") == 1


def test_bad_input_shows_line_and_caret(errdex: Errdex, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(BROKEN)
    ran = errdex("validate", "shop.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert (
        "shop.yaml:2:14: unknown key 'titel' in the API; did you mean 'title'?\n"
        "   |\n"
        " 2 | api: {id: x, titel: y}\n"
        "   |              ^^^^^\n"
    ) in ran.err


def test_one_bad_file_does_not_hide_the_others(errdex: Errdex, tmp_path: Path) -> None:
    for name, text in {"a.yaml": BROKEN, "b.yaml": WORKING, "c.yaml": BROKEN}.items():
        (tmp_path / name).write_text(text)
    ran = errdex("validate", "a.yaml", "missing.yaml", "b.yaml", "c.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert ran.out == "b.yaml: Shop: 1 operation, 1 status, 1 documented response\n"
    for name in ("a.yaml:2:", "missing.yaml: ", "c.yaml:2:"):
        assert f"\n{name}" in f"\n{ran.err}"


def test_a_bug_is_called_a_bug(tmp_path: Path) -> None:
    crash = (
        "import sys, errdex.cli.validate; from errdex.cli import main\n"
        "errdex.cli.validate.run = lambda _: 1 / 0\n"
        "sys.exit(main(['validate', 'é\\x1b']))"
    )
    for more, traceback in ({}, False), ({"ERRDEX_DEBUG": "1"}, True):
        done = subprocess.run(
            [sys.executable, "-c", crash],
            env=clean_environment(**more),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 3
        assert "this is a bug in errdex, not in your files: ZeroDivisionError" in done.stderr
        assert "errdex validate é\\x1b" in done.stderr
        assert ("Traceback" in done.stderr) is traceback
        assert ("please report it" in done.stderr) is not traceback


@pytest.mark.parametrize(
    "words", ["export codes/netwrix-auditor.yaml --to json", "validate codes/netwrix-auditor.yaml", "--help"]
)
def test_reader_that_went_away(words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "errdex", *words.split()],
        env=clean_environment(), cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_full_disk_is_said(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "errdex", "export", ROOT / "codes/netwrix-auditor.yaml", "--to", "json"],
            env=clean_environment(), cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_names_cannot_command_the_terminal(errdex: Errdex, tmp_path: Path) -> None:
    name = "a\x1b[31m\n::error::b\u202e.yaml"
    (tmp_path / name).write_text(BROKEN)
    ran = errdex("validate", name, cwd=tmp_path)
    assert ran.code == 2
    assert "a\\x1b[31m\\n::error::b\\u202e.yaml:2:14: unknown key" in ran.err
    assert "\x1b" not in ran.err


def test_names_that_are_no_text(errdex: Errdex, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"a\xff.yaml")
    with open(path, "w") as stream:
        stream.write(BROKEN)
    ran = errdex("validate", os.fsdecode(b"a\xff.yaml"), cwd=tmp_path)
    assert ran.code == 2
    assert "a\\udcff.yaml:2:14: unknown key" in ran.err


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colour_in_a_pipe(errdex: Errdex, tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    (tmp_path / "shop.yaml").write_text(BROKEN)
    assert ("\x1b[" in errdex("validate", "shop.yaml", cwd=tmp_path, env=env).err) is coloured


@pytest.mark.parametrize(
    ("env", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_colour_on_a_terminal(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    import pty  # not there on Windows

    (tmp_path / "shop.yaml").write_text(BROKEN)
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "errdex", "validate", "shop.yaml"],
        env=clean_environment(**env), cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, check=False,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
    os.close(ours)
    assert b"unknown key" in said
    assert (b"\x1b[" in said) is coloured


@pytest.mark.parametrize("runner", [False, True])
def test_an_annotation_names_the_file(errdex: Errdex, tmp_path: Path, runner: bool) -> None:
    """The runner of GitHub's has no escape for most control characters; everybody else sees them written out."""
    (tmp_path / "shop.yaml").write_text(WORKING)
    (tmp_path / "=a, 100%0A\n::error::\x1b[1m\t.py").write_text("import")
    env = {"GITHUB_ACTIONS": "true"} if runner else {}
    ran = errdex("check", "--catalogue", "shop.yaml", "--format", "github", ".", cwd=tmp_path, env=env)
    ((name, properties, _),) = commands(ran.out)
    assert name == "error"
    seen = "\x1b[1m\t" if runner else r"\x1b[1m\t"
    assert properties["file"] == f"./=a, 100%0A\n::error::{seen}.py"


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that nobody is left at the other end
        return b""


@pytest.mark.parametrize("columns", ["1", "40", "60", "200"])
def test_long_lines_fit_the_terminal(errdex: Errdex, tmp_path: Path, columns: str) -> None:
    (tmp_path / "shop.yaml").write_text(
        f"catalogue: 1\napi: {{id: x, title: {'long ' * 50}, {'k' * 70}: 1, version: '1'}}\n"
    )
    ran = errdex("validate", "shop.yaml", cwd=tmp_path, env={"COLUMNS": columns})
    shown = [line for line in ran.err.splitlines() if line.startswith((" 2 | ", "   |"))]
    assert len(shown) >= 3
    assert max(map(len, shown)) <= max(int(columns), 40)
    for source, caret in zip(shown[1::3], shown[2::3], strict=True):
        assert set(source[caret.index("^") : caret.rindex("^") + 1]) in ({"k"}, set("k."))


def test_locale_without_unicode(errdex: Errdex, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(WORKING.replace("title: Shop", "title: Käse"), encoding="utf-8")
    ran = errdex("validate", "shop.yaml", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.out) == (0, "shop.yaml: K\\xe4se: 1 operation, 1 status, 1 documented response\n")
