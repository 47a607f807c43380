"""Client code as different people write it: planted defects are found, and nothing else is.

A file, or a folder for a client of several modules, is one case; its docstring says what is planted or awkward.
The comments that say what is expected are those of `tests.lint.expectations`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.run import Settings, check
from tests.lint.expectations import disagreements, expectations

if TYPE_CHECKING:
    from tests.lint.expectations import Expectation

HERE = os.path.dirname(__file__)
DEFECTS = os.path.join(HERE, "defects")
CATALOGUES = tuple(
    load_catalogue(path)
    for path in (
        os.path.join(HERE, "..", "..", "codes", "netwrix-auditor.yaml"),
        os.path.join(DEFECTS, "lending.yaml"),
    )
)


def cases(kind: str) -> list[str]:
    return sorted(name for name in os.listdir(os.path.join(DEFECTS, kind)) if name != "__pycache__")


def files(case: str) -> list[str]:
    if case.endswith(".py"):
        return [case]
    return sorted(os.path.join(case, name) for name in os.listdir(case) if name.endswith(".py"))


def expected(paths: list[str]) -> list[Expectation]:
    return [expectation for path in paths for expectation in expectations(path, _text(path))]


@pytest.mark.parametrize("kind", ["planted", "correct"])
def test_each_case_says_what_it_is(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(os.path.join(DEFECTS, kind))
    word = {"planted": "Planted: ", "correct": "Awkward: "}[kind]
    for case in cases(kind):
        paths = files(case)
        assert bool(expected(paths)) == (kind == "planted"), case
        assert sum(word in _text(path) for path in paths) == 1, case


def test_every_kind_of_defect_that_the_catalogues_can_show_is_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(os.path.join(DEFECTS, "planted"))
    assert {expectation.rule for case in cases("planted") for expectation in expected(files(case))} == {
        "assert-as-check",
        "broad-except",
        "collapsed-status",
        "constant-condition",
        "dropped-status",
        "empty-body-read",
        "redirect-passes-check",
        "retry-after-ignored",
        "retry-not-retryable",
        "shadowed-handler",
        "unchecked-response",
        "undocumented-status",
        "unknown-operation",
        "unread-file",
        "unreachable-branch",
        "unused-ignore",
        "wrong-method",
    }


@pytest.mark.parametrize("case", cases("planted"))
def test_the_planted_defect_is_found_and_nothing_else(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(os.path.join(DEFECTS, "planted"))
    report = check(Settings(paths=(case,), catalogues=CATALOGUES))
    assert disagreements(expected(files(case)), report.findings) == []


@pytest.mark.parametrize("case", cases("correct"))
def test_correct_code_has_no_finding(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(os.path.join(DEFECTS, "correct"))
    report = check(Settings(paths=(case,), catalogues=CATALOGUES))
    assert disagreements([], report.findings) == []
    assert report.calls, "the code was not understood at all"


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()
