"""What all tests share: the flag that rewrites expectations, and the real command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent


class Ran(NamedTuple):
    """A run of the command that has ended."""

    code: int
    out: str
    err: str


class Errdex(Protocol):
    """Runs `errdex` in a process of its own."""

    def __call__(
        self, *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str | bytes = ""
    ) -> Ran: ...


class Golden(Protocol):
    """Compares a text with a file of expectations."""

    def __call__(self, path: Path, text: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what comes out into the files of expectations")


def pytest_configure() -> None:
    """Let what tests start be interrupted: a shell lets what it starts in the background ignore SIGINT."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def golden(update: bool) -> Golden:
    """Compare a text with a file, or write the file with --update."""

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; run pytest --update and read the difference"

    return compare


def clean_environment(**more: str) -> dict[str, str]:
    """Return the environment of a run: nothing of the machine's but where its programs are."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(ROOT / "generator"),
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
        "PYTHONWARNINGS": "error",
        **more,
    }


@pytest.fixture(scope="session")
def errdex() -> Errdex:
    """Run the real command."""

    def run(
        *words: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str | bytes = ""
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "errdex", *map(str, words)],
            cwd=cwd or ROOT,
            env=clean_environment(**(env or {})),
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run
