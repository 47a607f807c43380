"""The process that hostile input is tried in copies of."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import clean_environment
from tests.hostile.trying import MOST_SECONDS, Driver

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """Start the process once; it ends when its input does."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("driver.py")), str(int(MOST_SECONDS))],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Driver(process.stdin, process.stdout)
        process.stdin.close()
