"""An edit is kept only when what it is for is gone and nothing else has changed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from errdex.lint.files import Source
from errdex.lint.fixing.edits import Draft
from errdex.lint.fixing.proof import compiles, holds, mended, moves
from errdex.lint.report import Call, Finding, Report, Span, Unresolved

if TYPE_CHECKING:
    from errdex.lint.report import Verdict


def span(line: int) -> Span:
    return Span("a.py", line, 1, line, 9)


def finding(line: int, *statuses: str, rule: str = "dropped-status") -> Finding:
    return Finding(rule, f"{rule} {line}", span(line), "api", "op", statuses, "high", "")


def call(line: int, **verdicts: Verdict) -> Call:
    said = tuple((status.removeprefix("s"), verdict) for status, verdict in verdicts.items())
    return Call(span(line), "api", "op", "GET", "/x", said)


def report(*findings: Finding, calls: tuple[Call, ...] = (), unresolved: tuple[Unresolved, ...] = ()) -> Report:
    return Report(findings, calls, unresolved, 1, 0.0)


def one_further(_: str, line: int) -> int:
    return line + 1 if line > 5 else line


def calls(
    own: tuple[Verdict, Verdict], other: tuple[Verdict, Verdict] = ("delegated", "delegated")
) -> tuple[Call, Call]:
    """Return the calls of a file whose second stands one line further down."""
    return call(3, s404=own[0], s503=own[1]), call(10, s404=other[0], s503=other[1])


MENDED = calls(("delegated", "dropped"))
CALLS = (call(3, s404="dropped", s503="dropped"), call(9, s404="delegated", s503="delegated"))
BEFORE = report(finding(3, "404", "503"), finding(9, rule="retry-after-ignored"), calls=CALLS)
OTHER = BEFORE.findings[1]._replace(span=span(10))
GONE = [mended(BEFORE.findings[0], ("404",), 3)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, False),
        (report(finding(3, "503"), finding(10, rule="retry-after-ignored"), calls=CALLS), False),
        (report(finding(3, "503"), OTHER, calls=MENDED), True),
        (report(calls=calls(("discriminated", "dropped"))), True),
        (report(calls=calls(("collapsed", "dropped"))), False),
        (report(calls=calls(("delegated", "delegated"))), False),
        (report(calls=calls(("delegated", "dropped"), ("dropped", "delegated"))), False),
        (report(calls=MENDED[:1]), False),
        (report(finding(3, "503", "429"), calls=MENDED), False),
        (report(finding(7, rule="unread-file"), calls=MENDED), False),
        (report(calls=MENDED, unresolved=(Unresolved(span(4), "the URL is not known"),)), False),
    ],
    ids=[
        "nothing changed",
        "a call moved and is found nowhere",
        "mended, and the rest moved",
        "discriminated is fine, too; more gone is fine",
        "collapsed is not",
        "a status that nobody meant",
        "another call",
        "a call less",
        "a status more",
        "a finding more",
        "a call unresolved",
    ],
)
def test_what_holds(after: Report, *, expected: bool) -> None:
    assert holds(BEFORE, after, one_further, GONE) is expected


@pytest.mark.parametrize(("text", "expected"), [("x = 1\n", True), ("return\n", False), ("x = \0\n", False)])
def test_what_compiles(text: str, *, expected: bool) -> None:
    assert compiles(text, "a.py") is expected


def test_lines_of_other_files_stay_where_they_are() -> None:
    text = "one = 1\ntwo = 2\nthree = 3\n"
    draft = Draft(Source("b.py", text.encode(), text), ast.parse(text))
    where = moves([(draft, (draft.above(2, ["new = 0", "newer = 0"]),)), (draft, (draft.above(1, ["newest = 0"]),))])
    assert [where("b.py", line) for line in (1, 2, 3)] == [2, 5, 6]
    assert [where(path, 3) for path in ("a.py", "c.py", "b.pyi")] == [3, 3, 3]
