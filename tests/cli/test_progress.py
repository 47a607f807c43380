"""The bar that people see at a terminal while work takes its time, and nobody else ever."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from errdex.cli.progress import bar
from tests.conftest import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

SLOW = """\
import sys, time
from errdex.cli import progress
progress.start("errdex check")
if "tell" in sys.argv:
    progress.tell(3, 12)
end = time.monotonic() + 1.6
while time.monotonic() < end:
    sum(range(1000))
progress.hide()
print("a line", flush=True)
end = time.monotonic() + 0.4
while time.monotonic() < end:
    sum(range(1000))
progress.stop()
"""


def at_a_terminal(words: list[str], *, cwd: Path | None = None, **environment: str) -> tuple[int, str, str]:
    """Run Python with standard error at a terminal; return its exit code and what came out on both."""
    master, slave = pty.openpty()
    said: list[bytes] = []
    reading = threading.Thread(target=read_all, args=(master, said))
    with subprocess.Popen(
        [sys.executable, *words],
        env=clean_environment(**{"TERM": "xterm", "COLUMNS": "80", **environment}),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=slave,
        text=True,
    ) as process:
        os.close(slave)
        reading.start()
        out, _ = process.communicate(timeout=120)
    reading.join()
    os.close(master)
    return process.returncode, out, b"".join(said).decode()


def read_all(descriptor: int, pieces: list[bytes]) -> None:
    with suppress(OSError):  # when nobody has the other end any more
        while piece := os.read(descriptor, 65536):
            pieces.append(piece)


def test_short_work_shows_none() -> None:
    assert at_a_terminal(["-c", SLOW.replace("1.6", "0.1").replace("0.4", "0.1")]) == (0, "a line\n", "")


def test_a_terminal_that_cannot_take_it_back_shows_none() -> None:
    assert at_a_terminal(["-c", SLOW], TERM="dumb") == (0, "a line\n", "")


def test_what_is_no_terminal_shows_none() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SLOW], env=clean_environment(), capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("a line\n", "")


@pytest.mark.parametrize(
    ("words", "frame"),
    [([], r"errdex check \[-*#{6}-*\]"), (["tell"], r"errdex check \[#{6}-{18}\] 3/12")],
)
def test_long_work_shows_one_which_is_gone_when_it_is_done(words: list[str], frame: str) -> None:
    code, out, said = at_a_terminal(["-c", SLOW, *words])
    assert (code, out) == (0, "a line\n")
    assert re.fullmatch(rf"(?:(?:\r{frame}\x1b\[K)+\r\x1b\[K)+", said)
    assert 0 < len(re.findall(frame, said)) < 20


def test_a_long_run_leaves_nothing_behind(tmp_path: Path) -> None:
    gone = {"404": {"description": "Gone."}, "503": {"description": "Busy."}}
    paths = {f"/a{n}": {"get": {"operationId": f"op{n}", "responses": gone}} for n in range(6_000)}
    document = {"openapi": "3.1.0", "info": {"title": "Large", "version": "1"}, "paths": paths}
    (tmp_path / "api.json").write_text(json.dumps(document), encoding="utf-8")
    code, out, said = at_a_terminal(["-m", "errdex", "module", "api.json", "-o", "large"], cwd=tmp_path)
    assert (code, out) == (0, "module    large/large_errors\n")
    # Where it takes less than a second there is nothing to leave.
    assert re.fullmatch(r"(?:(?:\rerrdex module \[[-#]+\]\x1b\[K)+\r\x1b\[K)*", said)


@pytest.mark.parametrize("columns", range(1, 60, 7))
def test_it_fits(columns: int) -> None:
    for seconds in range(20):
        assert len(bar("errdex check", seconds, 19, seconds, columns)) < columns
        assert len(bar("errdex check", 0, 0, seconds / 3, columns)) < columns
    assert bar("x", 40, 19, 0, 80).count("#") == 24
