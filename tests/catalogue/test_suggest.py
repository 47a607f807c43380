"""What a message proposes for a word that nobody knows."""

from __future__ import annotations

import pytest

from errdex.catalogue.suggest import MAX_CANDIDATES, suggestion

MANY = [f"other-{number}" for number in range(MAX_CANDIDATES)]


@pytest.mark.parametrize(
    ("word", "candidates", "proposed"),
    [
        ("reed", [], ""),
        ("reed", ["write"], ""),
        ("read", ["read"], ""),
        ("reed", ["write", "read"], "; did you mean 'read'?"),
        ("READ", ["reads", "read"], "; did you mean 'read'?"),
        ("", ["read"], ""),
        # Of very many, those that start alike.
        ("reads", [*MANY, "read"], "; did you mean 'read'?"),
        ("yread", [*MANY, "read"], ""),
        ("reed-1", [*(f"reel-{number}" for number in range(2 * MAX_CANDIDATES))], "; did you mean 'reel-1'?"),
    ],
)
def test_the_nearest_word_is_proposed(word: str, candidates: list[str], proposed: str) -> None:
    assert suggestion("".join(list(word)), candidates) == proposed  # a text of its own, as one that was read
