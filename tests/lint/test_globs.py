"""Globs: both ways to match them say the same, and none takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.lint.globs import _expression, _is_taken, _parts, _steps, matches

PIECES = ("a", "b", "/", "*", "?", "**", "**/", "a*", "*b")


@given(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), st.text(alphabet="ab/", max_size=8))
def test_both_ways_say_the_same(pattern: str, path: str) -> None:
    assert _is_taken(_steps(_parts(pattern)), path) == (_expression(pattern).match(path) is not None)


@pytest.mark.parametrize(
    ("pattern", "path", "taken"),
    [
        ("*a*a*a*b", "src/aaab", True),
        ("*a*a*a*b", "src/aaac", False),
        ("**/tests/**/*_test*.py", "x/tests/unit/an_old_test_case.py", True),
        ("**/tests/**/*_test*.py", "x/test/unit/an_old_test_case.py", False),
        ("/a/**/b/*/c*", "a/1/2/b/3/cde", True),
        ("/a/**/b/*/c*", "x/a/1/2/b/3/cde", False),
        ("*a*b*c*d", "abcd/inside/it.py", True),
    ],
)
def test_many_stars(pattern: str, path: str, taken: bool) -> None:
    assert matches(path, pattern) is taken


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/" * 60 + "b", "*" * 200 + "b", "**a" * 40 + "/b", "?*" * 40])
def test_no_pattern_takes_long(pattern: str) -> None:
    began = time.process_time()
    for _ in range(20):
        matches("/".join(["a" * 100] * 20), pattern)
    assert time.process_time() - began < 5
