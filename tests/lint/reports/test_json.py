"""The JSON report: the contract of the command line, key by key."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from errdex.lint.report import Finding, Report, Span
from errdex.lint.reports import FORMATS, render
from errdex.lint.reports.context import Context


def exactly(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


STRING = {"type": "string"}
POSITION = {"type": "integer", "minimum": 1}
COUNT = {"type": "integer", "minimum": 0}
CONTRACT = exactly(
    findings={
        "type": "array",
        "items": exactly(
            rule=STRING,
            message=STRING,
            path=STRING,
            line=POSITION,
            column=POSITION,
            end_line=POSITION,
            end_column=POSITION,
            catalogue=STRING,
            operation=STRING,
            statuses={"type": "array", "items": STRING},
            confidence={"enum": ["high", "medium", "low"]},
            url=STRING,
        ),
    },
    calls={
        "type": "array",
        "items": exactly(
            path=STRING,
            line=POSITION,
            column=POSITION,
            catalogue=STRING,
            operation=STRING,
            method=STRING,
            url=STRING,
            verdicts={
                "type": "object",
                "additionalProperties": {"enum": ["success", "discriminated", "delegated", "collapsed", "dropped"]},
            },
        ),
    },
    unresolved={"type": "array", "items": exactly(path=STRING, line=POSITION, column=POSITION, reason=STRING)},
    summary=exactly(files=COUNT, calls=COUNT, resolved=COUNT, findings=COUNT, seconds={"type": "number", "minimum": 0}),
)


def test_an_empty_report(empty: Report) -> None:
    document = json.loads(render("json", empty, Context()))
    Draft7Validator(CONTRACT).validate(document)
    assert document["summary"] == {"files": 1, "calls": 0, "resolved": 0, "findings": 0, "seconds": 0.0}


def test_everything_of_the_report_is_in_it(report: Report, context: Context) -> None:
    document = json.loads(render("json", report, context))
    Draft7Validator(CONTRACT).validate(document)
    first, call = report.findings[0], report.calls[0]
    found = document["findings"][0]
    assert (found["path"], found["line"], found["column"], found["end_line"], found["end_column"]) == first.span
    assert all(found[name] == getattr(first, name) for name in ("rule", "message", "catalogue", "operation", "url"))
    assert found["statuses"] == list(first.statuses)
    assert document["calls"][0]["verdicts"] == dict(call.verdicts)
    assert document["unresolved"] == [
        {"path": "app/poll.py", "line": 9, "column": 5, "reason": "the URL is read from the environment"}
    ]
    assert document["summary"] == {"files": 12, "calls": 2, "resolved": 1, "findings": 2, "seconds": 0.123}


def test_findings_of_one_helper_are_all_there(flood: Report, context: Context) -> None:
    assert len(json.loads(render("json", flood, context))["findings"]) == len(flood.findings)


def test_the_lines_of_a_file_are_asked_for_once(report: Report, context: Context) -> None:
    for name in FORMATS:
        asked: list[str] = []

        def lines(path: str, asked: list[str] = asked) -> list[str]:
            asked.append(path)
            return ["x"] * 9

        render(name, report, context._replace(lines=lines))
        assert len(asked) == len(set(asked)), name


@given(st.text(), st.text(st.characters(exclude_characters="\0"), min_size=1))
def test_every_format_is_utf_8(message: str, path: str) -> None:
    finding = Finding("wrong-method", message, Span(path, 1, 1, 1, 2), "api", "op", (), "high", "")
    report = Report((finding,), (), (), files=1, seconds=0.0)
    for name in FORMATS:
        if name != "sarif" or path.encode("utf-8", "replace").decode() == path:
            assert render(name, report, Context()).encode().endswith(b"\n")


def test_undecodable_bytes_of_a_file_name() -> None:
    path = b"caf\xe9.py".decode("utf-8", "surrogateescape")
    finding = Finding("wrong-method", "message", Span(path, 1, 1, 1, 2), "api", "op", (), "high", "")
    report = Report((finding,), (), (), files=1, seconds=0.0)
    for name in FORMATS:
        assert render(name, report, Context()).encode()
    assert "caf%E9.py" in render("sarif", report, Context())
    assert r"caf\udce9.py" in render("concise", report, Context())
