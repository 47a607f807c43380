"""SARIF: valid by the schema of the standard (as pydantic-sarif was generated from it), and safe to publish."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)

from errdex.lint.report import Finding, Report, Span
from errdex.lint.reports.context import Context
from errdex.lint.reports.sarif import plain_text, render


def rendered(report: Report, context: Context) -> Any:
    text = render(report, context)
    Sarif.model_validate_json(text)
    return json.loads(text)["runs"][0]


def report_of(path: str, message: str = "message") -> Report:
    finding = Finding("wrong-method", message, Span(path, 1, 1, 1, 2), "api", "op", (), "high", "")
    return Report((finding,), (), (), files=1, seconds=0.0)


def test_an_empty_report(empty: Report, context: Context) -> None:
    run = rendered(empty, context)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_finding_with_all_that_it_has(report: Report, context: Context) -> None:
    run = rendered(report, context)
    rules = run["tool"]["driver"]["rules"]
    first, second = run["results"]
    assert rules[first["ruleIndex"]] == {
        "id": "dropped-status",
        "shortDescription": {"text": "a documented status is treated as success or silently discarded"},
        "helpUri": "https://errdex.example/rules/dropped-status/",
        "properties": {"tags": ["handling"]},
    }
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["dropped-status", "unread-file"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "app/write.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 4, "startColumn": 13, "endLine": 4, "endColumn": 42},
    }
    steps = first["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == [step.says for step in report.findings[0].witness]
    assert steps[1]["location"]["physicalLocation"]["region"]["startColumn"] == 5
    assert "codeFlows" not in second
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_levels_follow_confidence(report: Report, context: Context) -> None:
    findings = tuple(report.findings[0]._replace(confidence=confidence) for confidence in ("high", "medium", "low"))
    run = rendered(report._replace(findings=findings), context)
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_unresolved_calls_are_notifications_when_asked_for(report: Report, context: Context) -> None:
    assert rendered(report, context)["invocations"][0]["toolExecutionNotifications"] == []
    (notification,) = rendered(report, context._replace(show_unresolved=True))["invocations"][0][
        "toolExecutionNotifications"
    ]
    assert "the URL is read from the environment" in notification["message"]["text"]


@pytest.mark.parametrize(
    ("path", "base", "uri"),
    [
        ("src/a.py", "", "src/a.py"),
        ("./src/a.py", "", "src/a.py"),
        ("/home/me/project/src/a.py", "/home/me/project", "src/a.py"),
        ("a b%/ü:#?.py", "", "a%20b%25/%C3%BC%3A%23%3F.py"),
        ("esc\x1b[31m\n.py", "", "esc%1B%5B31m%0A.py"),
    ],
)
def test_addresses_are_relative(path: str, base: str, uri: str) -> None:
    run = rendered(report_of(path), Context(base=base))
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert "/home/me" not in json.dumps(run)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("GET /repos/{owner} can answer 404", "GET /repos/{owner} can answer 404"),
        ("GET /x/{0} can answer 404", "GET /x/{{0}} can answer 404"),
        ("see [here](https://example.org)", r"see \[here](https://example.org)"),
        ("a[0] and b", "a[0] and b"),
        ("esc \x1b", r"esc \x1b"),
    ],
)
def test_messages_hold_no_links_and_no_placeholders(message: str, text: str) -> None:
    assert plain_text(message) == text


@given(st.text(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_text_makes_a_valid_log(message: str, path: str) -> None:
    result = rendered(report_of(path, message), Context())["results"][0]
    assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", result["message"]["text"])
