from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.errors import CatalogueError
from tests.catalogue.broken import broken_catalogues

if TYPE_CHECKING:
    from tests.catalogue.broken import Broken

CASES = broken_catalogues()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_problem_is_told_at_its_place(case: Broken) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("broken.yaml", case.text)
    told = [f"{p.location.line}:{p.location.column} {p.message}" for p in caught.value.problems]
    assert told == case.problems


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_caret_stands_under_the_text_that_is_spoken_of(case: Broken) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("broken.yaml", case.text)
    lines = case.text.split("\n")
    for problem in caught.value.problems:
        if problem.location.line:
            assert problem.source == lines[problem.location.line - 1]
            assert 1 <= problem.location.column <= len(problem.source) + 1
            assert 1 <= problem.length <= max(1, len(problem.source) - problem.location.column + 1)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
