"""GitLab: the shape that its parser validates, and fingerprints that survive edits elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator

from errdex.lint.report import Span
from errdex.lint.reports.gitlab import render

if TYPE_CHECKING:
    from errdex.lint.report import Report
    from errdex.lint.reports.context import Context

#: The table of the documentation (docs.gitlab.com/ci/testing/code_quality) as a schema.
ISSUES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "positions"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "positions": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {
                                "type": "object",
                                "required": ["line"],
                                "properties": {
                                    "line": {"type": "integer", "minimum": 1},
                                    "column": {"type": "integer"},
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}


def issues(report: Report, context: Context) -> Any:
    document = json.loads(render(report, context))
    Draft7Validator(ISSUES).validate(document)
    return document


def test_an_empty_report(empty: Report, context: Context) -> None:
    assert issues(empty, context) == []


def test_an_issue(report: Report, context: Context) -> None:
    first, _ = issues(report, context)
    assert first["check_name"] == "errdex/dropped-status"
    assert first["severity"] == "major"
    assert first["location"] == {
        "path": "app/write.py",
        "positions": {"begin": {"line": 4, "column": 13}, "end": {"line": 4, "column": 42}},
    }


def test_fingerprints_are_unique_and_hold_no_line_number(report: Report, flood: Report, context: Context) -> None:
    def marks(report: Report, lines: dict[str, list[str]]) -> list[str]:
        return [
            issue["fingerprint"] for issue in issues(report, context._replace(lines=lambda path: lines.get(path, [])))
        ]

    assert len(set(marks(flood, {}))) == len(flood.findings)
    first = report.findings[0]
    twice = report._replace(findings=(first, first._replace(span=Span("app/write.py", 9, 5, 9, 30))))
    before = marks(twice, {"app/write.py": ["", "", "", "  reply = post(x)", "", "", "", "", "reply = post(x)"]})
    moved = tuple(each._replace(span=each.span._replace(line=each.span.line + 1)) for each in twice.findings)
    after = marks(
        twice._replace(findings=moved),
        {"app/write.py": ["", "new", "", "", "reply  =  post(x)"] + [""] * 4 + ["reply = post(x)"]},
    )
    assert before == after
    assert len(set(before)) == 2
    assert marks(twice, {"app/write.py": ["", "", "", "reply = post(y)"]})[0] != before[0]


def test_paths_are_relative_to_the_base(report: Report, context: Context) -> None:
    there = report.findings[0]._replace(span=Span("/srv/build/app/write.py", 4, 13, 4, 42))
    (issue,) = issues(report._replace(findings=(there,)), context._replace(base="/srv/build"))
    assert issue["location"]["path"] == "app/write.py"
