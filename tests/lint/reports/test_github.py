"""GitHub: the commands come apart again as the runner takes them apart, whatever text they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errdex.catalogue.annotations import annotation
from errdex.lint.report import Finding, Report, Span
from errdex.lint.reports import render as render_as
from errdex.lint.reports.context import Context
from errdex.lint.reports.github import render
from tests.lint.reports.runner import commands

if TYPE_CHECKING:
    from errdex.lint.reports import Format

PIECES = st.sampled_from([
    "::error::", "::error file=x::", "::stop-commands::x", ":", ":\xad:", "##[error]", "\n", "\r", "\u2028", "\x85",
    ",", "%", "%0A", "%250A", "%3A", ";", "a", " ", "=", "\\", "\x1b[31m", "\t", "\x00", "\u202e", "é", "文",
])  # fmt: skip
TEXTS = st.text() | st.lists(PIECES).map("".join)


def report_of(path: str, message: str) -> Report:
    finding = Finding("wrong-method", message, Span(path, 2, 3, 2, 9), "api", "op", (), "high", "")
    return Report((finding,), (), (), files=1, seconds=0.0)


def test_an_empty_report(empty: Report, context: Context) -> None:
    assert render(empty, context) == "no findings; no calls in 1 file\n"


def test_an_annotation(report: Report, context: Context) -> None:
    _, (name, properties, data) = commands(render(report, context))
    assert name == "error"
    assert properties == {
        "file": "app/write.py",
        "line": "4",
        "endLine": "4",
        "col": "13",
        "endColumn": "42",
        "title": "errdex: dropped-status",
    }
    assert data.splitlines() == [
        (
            "app/write.py:4:13: dropped-status: "
            "POST /activity_records/ can answer 413 and 503 here, and both are treated as success"
        ),
        "The posted file is larger than the server takes.",
        "Send at most 1,000 records and 50 MB at a time.",
        "https://example.org/codes/413/#write-activity-records",
    ]


def test_a_span_of_several_lines_has_no_columns(report: Report, context: Context) -> None:
    long = report.findings[0]._replace(span=Span("app/write.py", 4, 13, 6, 2))
    ((_, properties, _),) = commands(render(report._replace(findings=(long,)), context))
    assert {"line": "4", "endLine": "6"}.items() <= properties.items()
    assert not {"col", "endColumn"} & properties.keys()


def test_a_flood_is_one_annotation(flood: Report, context: Context) -> None:
    found = list(commands(render(flood, context)))
    assert [properties["file"] for _, properties, _ in found] == ["app/api.py", "app/write.py"]


def test_unresolved_calls_are_notices_when_asked_for(report: Report, context: Context) -> None:
    found = list(commands(render(report, context._replace(show_unresolved=True))))
    assert [name for name, _, _ in found] == ["error", "error", "notice"]


@given(TEXTS, TEXTS, TEXTS)
@example("%0A", "%253A", "%25250D")
@example("==a=b", "=", "")
def test_an_annotation_comes_apart_as_it_was_put_together(path: str, title: str, text: str) -> None:
    path, title = f"{path}.py", f"x{title}x"
    ((name, properties, data),) = commands(annotation("error", path, {"line": "3", "title": title}, text))
    assert (name, data) == ("error", text)
    assert properties == {"file": f"./{path}" if path.startswith("=") else path, "line": "3", "title": title}


@given(TEXTS, st.lists(PIECES, min_size=1))
def test_a_finding_is_one_command_that_names_its_file(message: str, pieces: list[str]) -> None:
    path = "".join(["d/", *pieces, "e"])
    ((name, properties, _),) = commands(render(report_of(path, message), Context()))
    assert name == "error"
    assert properties["file"] == path


@pytest.mark.parametrize("form", ["full", "concise"])
@given(path=TEXTS, message=TEXTS)
def test_no_other_format_forges_a_command(form: Format, path: str, message: str) -> None:
    context = Context(lines=lambda _: ["", message.replace("\n", "")])
    assert not list(commands(render_as(form, report_of(f"{path}.py", message), context)))
