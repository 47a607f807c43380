"""A bounded search, the same one each time, for input that brings up anything but an answer or a refusal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.editing import PIECES, Edit, edited
from tests.fuzz.known import KNOWN
from tests.fuzz.seeds import corpus, seeds
from tests.fuzz.targets import TARGETS

NUMBER = st.integers(0, 1 << 30)
EDITS = st.lists(st.builds(Edit, NUMBER, NUMBER, NUMBER, st.integers(0, len(PIECES) - 1) | NUMBER), max_size=8)
EXAMPLES = {"catalogue": 120, "description": 200, "module": 40, "pages": 12, "client": 400}


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_fails(target: str) -> None:
    @settings(
        max_examples=EXAMPLES[target],
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(first=NUMBER, edits=EDITS)
    def search(first: int, edits: list[Edit]) -> None:
        TARGETS[target](edited(seeds(target), first, edits))

    search()


@pytest.mark.parametrize(("target", "data"), KNOWN)
def test_what_once_failed_does_not(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_what_searches_grew_is_answered(target: str) -> None:
    for data in corpus(target):
        TARGETS[target](data)


def test_edits_change_what_they_are_given() -> None:
    made = {edited((b"abc", b"defg"), n, [Edit(n, n, n, n)]) for n in range(60)}
    assert len(made) > 30
