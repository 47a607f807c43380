"""The formats for people, read as people read them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.lint.report import Finding, Report, Span, grouped
from errdex.lint.reports import concise, full
from errdex.lint.reports.context import Context
from errdex.lint.reports.full import snippet
from errdex.lint.reports.visible import visible

if TYPE_CHECKING:
    from errdex.lint.report import Group


def finding(
    message: str = "m", path: str = "a.py", *, column: int = 1, end_column: int = 2, end_line: int = 1
) -> Finding:
    return Finding("wrong-method", message, Span(path, 1, column, end_line, end_column), "api", "op", (), "high", "")


def report_of(*findings: Finding) -> Report:
    return Report(findings, (), (), files=1, seconds=0.0)


def test_concise(report: Report, context: Context) -> None:
    assert concise.render(report, context) == (
        "app/secret.py:1:1: unread-file: the file cannot be checked: permission denied\n"
        "app/write.py:4:13: dropped-status: "
        "POST /activity_records/ can answer 413 and 503 here, and both are treated as success\n"
        "2 findings; resolved 1 of 2 calls in 12 files (--show-unresolved lists the others)\n"
    )


def test_full(report: Report, context: Context) -> None:
    assert full.render(report, context).split("\n\n", 1)[1] == (
        "app/write.py:4:13: dropped-status: "
        "POST /activity_records/ can answer 413 and 503 here, and both are treated as success\n"
        "   |\n"
        " 4 | reply = session.post(URL, json=batch)\n"
        "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  = the way of 413:\n"
        "      app/write.py:4  the answer arrives\n"
        "      app/write.py:5  413 is not 401, goes on\n"
        "      app/write.py:7  the body is read\n"
        "  = help: The posted file is larger than the server takes.\n"
        "  = help: Send at most 1,000 records and 50 MB at a time.\n"
        "  = see: https://example.org/codes/413/#write-activity-records\n"
        "\n"
        "2 findings; resolved 1 of 2 calls in 12 files (--show-unresolved lists the others)\n"
    )


def test_a_clean_run_says_what_it_looked_at(empty: Report, context: Context) -> None:
    assert concise.render(empty, context) == full.render(empty, context) == "no findings; no calls in 1 file\n"


def test_unresolved_calls_are_listed_when_asked_for(report: Report, context: Context) -> None:
    for format_ in (concise, full):
        assert format_.render(report, context._replace(show_unresolved=True)).endswith(
            "app/poll.py:9:5: unresolved: the URL is read from the environment\n"
            "2 findings; resolved 1 of 2 calls in 12 files\n"
        )


def test_statistics(flood: Report, context: Context) -> None:
    lines = concise.render(flood, context._replace(statistics=True)).splitlines()
    assert lines[-2] == "13  dropped-status  (413: 1, 429: 12, 500: 12, 503: 1)"


def test_the_trace_comes_first(empty: Report, context: Context) -> None:
    traced = empty._replace(trace=("call a.py:1", "esc \x1b"))
    assert concise.render(traced, context).splitlines()[:2] == ["call a.py:1", r"esc \x1b"]


def test_a_flood_is_one_finding_at_its_cause(flood: Report, context: Context) -> None:
    assert concise.render(flood, context).splitlines()[:2] == [
        (
            "app/api.py:3:5: dropped-status: operation-0 can answer 429 and 500 here, and it is treated as success; "
            "this line does the same to 11 more calls of 2 more operations"
        ),
        (
            "app/write.py:4:13: dropped-status: "
            "POST /activity_records/ can answer 413 and 503 here, and both are treated as success"
        ),
    ]
    assert full.render(flood, context).split("\n\n")[0].splitlines()[1:] == [
        "   |",
        " 3 | return r.json()",
        "   | ^^^^^^^^^^^^^^^",
        "  = affects 12 calls of 3 operations:",
        "      operation-0  429, 500  app/use0.py:1, app/use0.py:7, app/use1.py:4 and 1 more",
        "      operation-1  429, 500  app/use0.py:5, app/use0.py:11, app/use1.py:2 and 1 more",
        "      operation-2  429, 500  app/use0.py:3, app/use0.py:9, app/use1.py:6 and 1 more",
        "  = the way of 429:",
        "      app/use0.py:1  the answer arrives",
        "      app/api.py:3   the body is read",
    ]


def test_findings_of_one_line_without_a_witness_stay_apart() -> None:
    groups = grouped([finding(column=5), finding(column=9), finding(column=1)])
    assert [group.findings[0].span.column for group in groups] == [1, 5, 9]


def test_groups_are_in_the_order_of_their_places(flood: Report) -> None:
    def place(group: Group) -> tuple[str, int]:
        return group.path, group.line

    groups = grouped(reversed(flood.findings))
    assert groups == grouped(flood.findings)
    assert all(place(before) <= place(after) for before, after in pairwise(groups))
    assert sorted(each for group in groups for each in group.findings) == sorted(flood.findings)


def test_paths_are_shown_from_the_base_folder(context: Context) -> None:
    report = report_of(finding(path="/home/me/project/src/a.py"), finding(path="./b.py"), finding(path="/etc/c.py"))
    lines = concise.render(report, context._replace(base="/home/me/project")).splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == ["b.py", "/etc/c.py", "src/a.py"]


@pytest.mark.parametrize(
    ("line", "column", "end_column", "end_line", "width", "expected"),
    [
        ("x = get(y)", 5, 11, 1, 80, ["x = get(y)", "    ^^^^^^"]),
        ("    x = get(y)", 9, 15, 1, 80, ["x = get(y)", "    ^^^^^^"]),
        ("\tx = get(\ty)", 6, 13, 1, 80, ["x = get(    y)", "    ^^^^^^^^^^"]),
        ("x = get(", 5, 2, 3, 80, ["x = get(", "    ^^^^"]),
        ("x = '\x1b[31m', get(y)", 14, 20, 1, 80, [r"x = '\x1b[31m', get(y)", "                ^^^^^^"]),
        ("x = '日本', get(y)", 11, 17, 1, 80, ["x = '日本', get(y)", "            ^^^^^^"]),
        ("x = 'e\u0301', get(y)", 11, 17, 1, 80, ["x = 'e\u0301', get(y)", "         ^^^^^^"]),
        ("# \u202e rtl\u2066 get(y)", 10, 16, 1, 80, [r"# \u202e rtl\u2066 get(y)", "                   ^^^^^^"]),
        ("a" * 50 + "get(y)" + "b" * 50, 51, 57, 1, 30, ["... aaaaaaaget(y)bbbbbbbbbb...", "           ^^^^^^"]),
        ("get(" + "b" * 90 + ")", 1, 96, 1, 30, ["get(" + "b" * 23 + "...", "^" * 27]),
        ("x", 90, 95, 1, 80, ["x", " ^"]),
    ],
)
def test_carets_stand_below_what_they_mark(
    *, line: str, column: int, end_column: int, end_line: int, width: int, expected: list[str]
) -> None:
    context = Context(lines=lambda _: [line], width=width + 5)
    shown = list(snippet(Span("a.py", 1, column, end_line, end_column), context))
    assert [each[5:] for each in shown[1:]] == expected


def test_a_line_that_is_not_there_is_not_shown() -> None:
    assert list(snippet(Span("a.py", 3, 1, 3, 2), Context(lines=lambda _: ["x"]))) == []
    assert list(snippet(Span("a.py", 1, 1, 1, 2), Context(lines=lambda _: [""]))) == []


def test_help_is_wrapped_to_the_terminal(report: Report, context: Context) -> None:
    text = full.render(report, context._replace(width=40))
    assert "  = help: The posted file is larger than\n          the server takes.\n" in text


def test_confidence_is_said_when_it_is_not_high(context: Context) -> None:
    text = full.render(report_of(finding()._replace(confidence="medium")), context)
    assert "  = confidence: medium\n" in text


@given(st.text(), st.text(min_size=1))
def test_no_text_acts_on_the_terminal(message: str, path: str) -> None:
    report = report_of(finding(message, path), finding("second", path))
    for format_ in (concise, full):
        text = format_.render(report, Context(lines=lambda _: [message.replace("\n", "")]))
        assert all(line.isprintable() for line in text.split("\n"))
    assert len(concise.render(report, Context()).splitlines()) == 3


def test_colours_are_the_only_escapes(report: Report, context: Context) -> None:
    plain = full.render(report, context)
    coloured = full.render(report, context._replace(colour=True))
    assert "\x1b[1;31m" in coloured
    stripped = coloured
    for code in ("1", "1;31", "2", "32", "0"):
        stripped = stripped.replace(f"\x1b[{code}m", "")
    assert stripped == plain


def test_visible_keeps_what_prints() -> None:
    assert visible("naïve 日本 (ok)") == "naïve 日本 (ok)"
    assert visible("a\nb\x1b[0m\u202e\ud800") == r"a\nb\x1b[0m\u202e\ud800"
