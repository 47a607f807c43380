"""JUnit: read back by junitparser, for any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml, TestSuite

from errdex.lint.report import Finding, Report, Span
from errdex.lint.reports.context import Context
from errdex.lint.reports.junit import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from junitparser import TestCase


def read(text: str) -> JUnitXml:
    document = JUnitXml.fromstring(text.encode())
    assert isinstance(document, JUnitXml)
    return document


def cases(text: str) -> Iterator[tuple[TestSuite, TestCase]]:
    for suite in read(text):
        assert isinstance(suite, TestSuite)
        for case in suite:
            yield suite, case


def test_a_clean_run_is_one_passed_case(empty: Report, context: Context) -> None:
    ((_, case),) = cases(render(empty, context))
    assert case.is_passed
    assert case.name == "no findings; no calls in 1 file"


def test_a_finding_is_a_failed_case_of_its_file(report: Report, context: Context) -> None:
    (suite, case), _ = cases(render(report, context))
    assert (suite.name, suite.tests, suite.failures) == ("app/write.py", 1, 1)
    assert (case.classname, case.name) == ("app/write.py", "dropped-status at 4:13")
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("dropped-status", report.findings[0].message)
    assert failure.text is not None
    assert failure.text.splitlines()[0] == f"app/write.py:4:13: dropped-status: {report.findings[0].message}"
    assert failure.text.splitlines()[-1] == "https://example.org/codes/413/#write-activity-records"


def test_counts_agree(flood: Report, context: Context) -> None:
    text = render(flood, context)
    document = read(text)
    assert document.tests == document.failures == len(flood.findings) == len(list(cases(text)))


@given(st.text(), st.text(min_size=1))
def test_any_text_is_legal_xml(message: str, path: str) -> None:
    finding = Finding("wrong-method", message, Span(path, 1, 1, 1, 2), "api", "op", (), "high", "")
    ((_, case),) = cases(render(Report((finding,), (), (), files=1, seconds=0.0), Context()))
    assert len(case.result) == 1
