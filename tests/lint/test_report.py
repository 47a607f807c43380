"""Groups: many calls that one line of a helper spoils are one finding for the reader."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.report import Finding, Span, Step, fault, grouped, listed
from errdex.lint.run import Settings, check

if TYPE_CHECKING:
    from pathlib import Path

NETWRIX = os.path.join(os.path.dirname(__file__), "..", "..", "codes", "netwrix-auditor.yaml")

HELPER = """
import requests


class Api:
    def __init__(self, host):
        self.base = f"https://{host}:9699/netwrix/api/v1"

    def _call(self, method, path, **options):
        response = requests.request(method, self.base + path, **options)
        %s

    def first(self):
        return self._call("GET", "/activity_records/enum")

    def next(self, mark):
        return self._call("POST", "/activity_records/enum", json=mark)

    def search(self, filters):
        return self._call("POST", "/activity_records/search", json=filters)
"""


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["413"], "413"), (["4", "5"], "4 and 5"), (["3", "4", "5"], "3, 4 and 5")]
)
def test_listed(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize(
    ("witness", "place"),
    [
        ([], ("a.py", 10)),
        ([("a.py", 10)], ("a.py", 10)),
        ([("a.py", 10), ("a.py", 12)], ("a.py", 12)),
        ([("a.py", 10), ("a.py", 12), ("a.py", 15)], ("a.py", 12)),
        ([("a.py", 10), ("h.py", 4), ("a.py", 10)], ("h.py", 4)),
        ([("a.py", 10), ("h.py", 4), ("h.py", 6), ("a.py", 15)], ("h.py", 6)),
        ([("a.py", 10), ("a.py", 11), ("a.py", 11)], ("a.py", 10)),
    ],
)
def test_the_fault_is_the_last_line_that_is_not_the_callers_own(
    witness: list[tuple[str, int]], place: tuple[str, int]
) -> None:
    steps = tuple(Step(path, line, "goes on") for path, line in witness)
    span = Span("a.py", 10, 1, 11, 2)
    assert fault(Finding("r", "m", span, "api", "op", ("413",), "high", "", steps)) == place


@pytest.mark.parametrize(
    ("check_in_helper", "place"),
    [
        ("if response.status_code == 401: raise PermissionError\n        return response.json()", 11),
        ("return response.json()", 10),
    ],
)
def test_calls_through_a_helper_that_does_not_check_are_one_group(
    check_in_helper: str, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.py").write_text(HELPER.lstrip() % check_in_helper, encoding="utf-8")
    report = check(Settings(paths=("api.py",), catalogues=(load_catalogue(NETWRIX),)))
    assert len(report.findings) == 3
    (group,) = grouped(report.findings)
    assert (group.path, group.line) == ("api.py", place)
    assert len(group.findings) == 3


def test_callers_that_do_not_check_are_groups_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    careless = "\n        if answer.status_code == 401:\n            return []\n        return answer.json()\n"
    helper, *callers = (HELPER.lstrip() % "return response").split("        return self._call")
    text = helper + "".join(
        f"        answer = self._call{call}{careless}{rest}"
        for call, _, rest in (each.partition("\n") for each in callers)
    )
    (tmp_path / "api.py").write_text(text, encoding="utf-8")
    report = check(Settings(paths=("api.py",), catalogues=(load_catalogue(NETWRIX),)))
    assert [finding.rule for finding in report.findings] == ["dropped-status"] * 3
    assert [len(group.findings) for group in grouped(report.findings)] == [1, 1, 1]
