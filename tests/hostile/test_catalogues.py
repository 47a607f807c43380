"""Catalogues that no friend would write: what each command does with each of them is in catalogues.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.catalogues import CASES
from tests.hostile.trying import Written, outcome, try_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Case, Driver

WRITTEN = Written("catalogues.txt", CASES)
COMMANDS = (
    ("validate", "api.yaml", "--strict"),
    ("module", "api.yaml", "-o", "out"),
    ("pages", "api.yaml", "-o", "site"),
    ("export", "api.yaml", "--to", "json"),
    ("export", "api.yaml", "--to", "openapi"),
    ("export", "api.yaml", "--to", "markdown"),
    ("diff", "api.yaml", "api.yaml"),
    ("explain", "404", "--catalogue", "api.yaml"),
    ("check", "--catalogue", "api.yaml", "--no-cache", "client.py"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_happens_is_what_is_written_down(case: Case, tmp_path: Path, driver: Driver, update: bool) -> None:
    WRITTEN.compare(case, outcome(try_all(case, tmp_path, COMMANDS, driver)), update=update)


def test_nothing_else_is_written_down() -> None:
    assert list(WRITTEN.happens) == [case.name for case in CASES]


def test_texts_are_not_refused_for_where_they_stand() -> None:
    taken = [name for name, happens in WRITTEN.happens.items() if name.startswith("the text") and ": 2" not in happens]
    assert len(taken) > 50
