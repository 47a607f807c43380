"""Values of walks: what makes two questions the same."""

from __future__ import annotations

from errdex.lint.values import Itself


def test_a_question_about_an_object_is_nobody_elses_once_that_is_gone() -> None:
    """Python gives the place of an object that is gone to the next one."""
    assert len({Itself([]) for _ in range(100)}) == 100


def test_a_question_about_an_object_is_the_same_each_time() -> None:
    known = object()
    assert Itself(known) == Itself(known)
    assert Itself(1000) != 1000
