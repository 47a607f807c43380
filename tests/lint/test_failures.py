"""Mistakes of the linter itself: the function that brings one up is named, and all others are still checked."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint import examine, verdicts
from errdex.lint.interpreter.machine import EVALUATORS
from errdex.lint.run import Settings, check

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.lint.report import Report

NETWRIX = os.path.join(os.path.dirname(__file__), "..", "..", "codes", "netwrix-auditor.yaml")
URL = "https://auditor:9699/netwrix/api/v1/activity_records/enum"

CLIENT = f"""
import requests


def strange(session):
    marks = {{1, 2}}
    return session.get("{URL}", params=marks).json()


def plain(session):
    return session.get("{URL}").json()
"""


def broken(*_: object) -> object:
    raise ZeroDivisionError("nobody thought of this")


def deep(*_: object) -> object:
    return deep()


def checked(folder: Path, text: str = CLIENT) -> Report:
    (folder / "client.py").write_text(text, encoding="utf-8")
    return check(Settings(paths=(str(folder / "client.py"),), catalogues=(load_catalogue(NETWRIX),)))


def told(report: Report) -> list[tuple[int, str]]:
    return [(one.span.line, one.message) for one in report.findings if one.rule == "unread-file"]


def test_nothing_is_said_when_nothing_fails(tmp_path: Path) -> None:
    report = checked(tmp_path)
    assert told(report) == []
    assert [call.span.line for call in report.calls] == [7, 11]


@pytest.mark.parametrize(("fault", "kind"), [(broken, "ZeroDivisionError"), (deep, "RecursionError")])
def test_a_function_that_cannot_be_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: object, kind: str
) -> None:
    monkeypatch.setitem(EVALUATORS, ast.Set, fault)
    report = checked(tmp_path)
    ((line, message),) = told(report)
    assert line == 5
    assert message.startswith(f"the file cannot be checked: errdex itself fails here, please report it: {kind}: ")
    assert "test_failures.py:" in message
    assert [call.span.line for call in report.calls] == [11]
    assert {finding.span.line for finding in report.findings} == {5, 11}


def test_a_module_whose_names_cannot_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EVALUATORS, ast.Set, broken)
    report = checked(tmp_path, f"KNOWN = {{1, 2}}\n{CLIENT}")
    assert [line for line, _ in told(report)] == [1]


def test_a_call_that_cannot_be_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "follow", broken)
    report = checked(tmp_path)
    assert [line for line, _ in told(report)] == [7, 11]
    assert report.calls == ()


def test_a_function_that_sends_more_than_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "MOST_STEPS_OF_A_ROOT", 1)
    get = f'session.get("{URL}").raise_for_status()'
    report = checked(
        tmp_path, f"def all(session):\n    {get}\n    {get}\n    {get}\n\n\ndef one(session):\n    {get}\n"
    )
    ((line, message),) = told(report)
    assert line == 3
    assert message.endswith("what runs from line 1 on sends more requests than can be followed, this and later ones")
    assert [one.span.column for one in report.findings if one.rule == "unread-file"] == [5]
    assert [call.span.line for call in report.calls] == [2, 8]
