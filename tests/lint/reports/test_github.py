"""GitHub: the commands come apart again as the runner takes them apart, whatever text they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from errdex.lint.report import Finding, Report, Span
from errdex.lint.reports.context import Context
from errdex.lint.reports.github import escaped_data, escaped_property, render

if TYPE_CHECKING:
    from collections.abc import Iterator


def unescaped(text: str, *, property_: bool) -> str:
    """As actions/runner, src/Runner.Common/ActionCommand.cs: the percent sign last."""
    pairs = [("%0D", "\r"), ("%0A", "\n"), *([("%3A", ":"), ("%2C", ",")] if property_ else []), ("%25", "%")]
    for written, meant in pairs:
        text = text.replace(written, meant)
    return text


def commands(log: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield (name, properties, data) of each line of a log that the runner takes for a command."""
    for line in log.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith("::") and "::" in stripped[2:]:
            info, data = stripped[2:].split("::", 1)
            name, _, properties = info.partition(" ")
            pairs = [pair.split("=", 1) for pair in properties.strip().split(",") if pair]
            yield (
                name,
                {pair[0]: unescaped(pair[1], property_=True) for pair in pairs if len(pair) == 2},
                unescaped(data, property_=False),
            )


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


@given(st.text())
def test_escaping_is_reversible(text: str) -> None:
    assert unescaped(escaped_data(text), property_=False) == text
    assert unescaped(escaped_property(text), property_=True) == text
    assert not set("\r\n") & set(escaped_data(text))
    assert not set("\r\n:,") & set(escaped_property(text))


@given(
    st.text(),
    st.lists(
        st.sampled_from(["::error::", "::set-output name=x::", "\n", "\r", ",", "%0A", "a", " ", "=", "\x1b["]),
        min_size=1,
    ),
)
def test_no_text_forges_a_command(message: str, pieces: list[str]) -> None:
    path = "".join(["d/", *pieces, "e"])
    ((name, properties, _),) = commands(render(report_of(path, message), Context()))
    assert name == "error"
    assert properties["file"] == path.replace("\x1b", r"\x1b")
