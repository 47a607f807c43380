"""OpenAPI documents that no friend would write: what each command does with them is in descriptions.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.descriptions import CASES
from tests.hostile.trying import Written, outcome, try_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.trying import Case, Driver

WRITTEN = Written("descriptions.txt", CASES)


def commands(file: str) -> list[tuple[str, ...]]:
    return [
        ("validate", file),
        ("module", file, "-o", "out"),
        ("pages", file, "-o", "site"),
        ("export", file, "--to", "json"),
        ("export", file, "--to", "openapi"),
        ("export", file, "--to", "markdown"),
        ("diff", file, file),
        ("import", file, "-o", "imported.yaml"),
        ("explain", "404", "--catalogue", file),
        ("check", "--catalogue", file, "--no-cache", "client.py"),
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_happens_is_what_is_written_down(case: Case, tmp_path: Path, driver: Driver, update: bool) -> None:
    WRITTEN.compare(case, outcome(try_all(case, tmp_path, commands(case.file), driver)), update=update)


def test_nothing_else_is_written_down() -> None:
    assert list(WRITTEN.happens) == [case.name for case in CASES]
