"""Configurations, outputs and kept files that no friend would leave: what the commands do is in surroundings.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.surroundings import CASES
from tests.hostile.trying import Written, outcome, try_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Case, Driver

WRITTEN = Written("surroundings.txt", CASES)
CHECK = ("check", "--catalogue", "api.yaml")


def commands(case: Case) -> list[tuple[str, ...]]:
    """Return the commands that meet what the case is about."""
    match case.name.split()[:2]:
        case ["a", "baseline"]:
            accepting = (*CHECK, "--no-cache", "--baseline", "base.json", "client.py")
            return [accepting, (*accepting, "--update-baseline")]
        case ["an", "imported"]:
            return [("import", "api.json", "-o", "new.yaml")]
        case ["kept", "files"]:
            return [(*CHECK, "."), (*CHECK, ".")]
        case ["a", "list"]:
            return [("pages", "api.yaml", "-o", "site")]
        case ["mending", _]:
            return [(*CHECK, "--no-cache", "--fix", "long.py")]
        case ["a", "start"]:
            return [("init",)]
        case _:
            return [("build",), ("check", "client.py"), ("validate",), ("explain", "404")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_happens_is_what_is_written_down(case: Case, tmp_path: Path, driver: Driver, update: bool) -> None:
    WRITTEN.compare(case, outcome(try_all(case, tmp_path, commands(case), driver)), update=update)


def test_nothing_else_is_written_down() -> None:
    assert list(WRITTEN.happens) == [case.name for case in CASES]
