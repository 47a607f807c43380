"""Directives: which comments are read, of which lines they speak, what they leave out, and what in vain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.lint.files import Source, decode
from errdex.lint.report import Finding, Span, Step
from errdex.lint.suppression import Directives, apply, directives, narrowed

if TYPE_CHECKING:
    from errdex.lint.suppression import Applied

KNOWN = frozenset({"dropped-status", "broad-except", "wrong-method", "unused-ignore"})


def read(text: str) -> Directives:
    source = decode("a.py", text.encode())
    assert isinstance(source, Source)
    return directives(source)


def finding(
    line: int, rule: str = "dropped-status", *statuses: str, path: str = "a.py", end: int | None = None
) -> Finding:
    witness = (Step(path, line, "arrives"), Step("a.py", end, "returns the body")) if end else ()
    message = "GET /x can answer 400, 413 and 503 here, and all are treated as success"
    return Finding(rule, message, Span(path, line, 1, line + 2, 2), "api", "op", statuses, "high", "", witness)


def applied(text: str, *findings: Finding, ran: frozenset[str] | None = None) -> Applied:
    return apply(findings, read(text).ignores, known=KNOWN, ran=ran)


def said(found: tuple[Finding, ...]) -> list[tuple[int, str]]:
    return [(each.span.line, each.message) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # errdex is good\n",
        "x = '# errdex: ignore'\n",
        'x = """\n# errdex: ignore\n"""\n',
        "x = f'# errdex: ignore {1}'\n",
        "x = 1  # see errdex: ignore\n",
    ],
)
def test_what_is_not_a_directive(text: str) -> None:
    assert read(text) == Directives()


@pytest.mark.parametrize(
    ("text", "lines", "entries"),
    [
        ("get()  # errdex: ignore\n", (1, 1), [("", ())]),
        ("get()  # errdex: ignore because\n", (1, 1), [("", ())]),
        ("get()  #errdex:ignore[broad-except]why\n", (1, 1), [("broad-except", ())]),
        ("get()  # noqa: E501  # errdex: ignore[broad-except] # type: ignore\n", (1, 1), [("broad-except", ())]),
        ("get()  # errdex: ignore[dropped-status: 413]\n", (1, 1), [("dropped-status", ("413",))]),
        (
            "get()  # errdex: ignore[dropped-status: 413, 5XX default, broad-except]\n",
            (1, 1),
            [("dropped-status", ("413", "5XX", "default")), ("broad-except", ())],
        ),
        ("get(\n    a,\n    b,  # errdex: ignore\n)\nx = 1\n", (1, 4), [("", ())]),
        ("# errdex: ignore\nget(\n    a,\n)\n", (2, 4), [("", ())]),
        ("# errdex: ignore\n# and this is why\nget()\n", (3, 3), [("", ())]),
        ("if x:\n    # errdex: ignore\n    get()\n", (3, 3), [("", ())]),
        ("if x:\n    y()\n    # errdex: ignore\nget()\n", (4, 4), [("", ())]),
        ("with get(\n    a\n) as r:  # errdex: ignore\n    r.json()\n", (1, 3), [("", ())]),
        ("# errdex: ignore\n\nget()\n", (1, 1), [("", ())]),
        ("get()\n# errdex: ignore", (2, 2), [("", ())]),
        ("get(\n\n    a,  # errdex: ignore\n\n)\n", (1, 5), [("", ())]),
        ("get()  # errdex: ignore\r\nx = 1\r\n", (1, 1), [("", ())]),
        ("x = '\x0c'\rget()  # errdex: ignore\r", (2, 2), [("", ())]),
    ],
)
def test_an_ignore_speaks_of_its_statement(
    text: str, lines: tuple[int, int], entries: list[tuple[str, tuple[str, ...]]]
) -> None:
    result = read(text)
    assert result.malformed == ()
    (ignore,) = result.ignores
    assert (ignore.first_line, ignore.last_line) == lines
    assert ignore.entries == tuple(entries)
    assert not ignore.whole_file


def test_the_span_of_a_directive_is_the_comment_from_its_mark() -> None:
    (ignore,) = read("get('é')  # noqa # errdex: ignore[broad-except] why  \n").ignores
    assert ignore.span == ("a.py", 1, 18, 1, 52)


def test_several_directives_in_one_comment() -> None:
    result = read("get()  # errdex: operation get-it  # errdex: ignore[dropped-status]\n")
    assert len(result.ignores) == 1
    assert result.operations() == {1: "get-it"}


def test_an_operation_is_bound_to_every_line_of_its_statement() -> None:
    result = read("# errdex: operation get-it as the url comes from the server\nget(\n    url\n)\nother()\n")
    assert result.operations() == {2: "get-it", 3: "get-it", 4: "get-it"}


def test_directives_before_the_first_line_that_is_not_python_are_read() -> None:
    assert len(read("get()  # errdex: ignore\nx = (\n").ignores) == 1


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# errdex: ignroe", "'ignroe' is not a directive; did you mean 'ignore'?"),
        ("# errdex: ignore: 413", "'ignore:' is not a directive; did you mean 'ignore'?"),
        ("# errdex: off", "'off' is not a directive"),
        ("# errdex:", "'' is not a directive"),
        ("# errdex: ignore[dropped-status", "the bracket of `ignore` is not closed"),
        ("# errdex: ignore-file[a[b]", "the bracket of `ignore-file` is not closed"),
        ("# errdex: ignore[]", "`ignore[]` names no rule"),
        ("# errdex: ignore[413]", "status 413 stands before any rule"),
        ("# errdex: operation", "`operation` needs the id of an operation"),
        ("# errdex: operation[get-it]", "`operation` needs the id of an operation"),
    ],
)
def test_malformed_directives_are_findings(comment: str, message: str) -> None:
    result = read(f"get()  {comment}\n")
    assert (result.ignores, result.bindings) == ((), ())
    (found,) = result.malformed
    assert (found.rule, found.message) == ("unused-ignore", message)
    assert found.span == ("a.py", 1, 8, 1, 8 + len(comment))


@pytest.mark.parametrize(
    ("text", "statuses", "kept"),
    [
        ("get()\n", ("413",), ("413",)),
        ("x = 1  # errdex: ignore\nget()\n", ("413",), ("413",)),
        ("\nget()  # errdex: ignore\n", ("413", "503"), None),
        ("\nget()  # errdex: ignore[dropped-status]\n", ("413", "503"), None),
        ("\nget()  # errdex: ignore[dropped-status: 413]\n", ("413", "503"), ("503",)),
        ("\nget()  # errdex: ignore[dropped-status: 413 503]\n", ("413", "503"), None),
        (
            "\nget()  # errdex: ignore[dropped-status: 413] # errdex: ignore[dropped-status: 503]\n",
            ("413", "503"),
            None,
        ),
        ("\nget()  # errdex: ignore[dropped-status: 413]\n", (), ()),
        ("\nget()  # errdex: ignore[broad-except]\n", ("413",), ("413",)),
        ("\nget()\n# errdex: ignore-file\n", ("413",), None),
        ("# errdex: ignore-file[dropped-status: 413]\nget()\n", ("413", "503"), ("503",)),
        ("# errdex: ignore-file[broad-except]\nget()\n", ("413",), ("413",)),
    ],
)
def test_what_is_left_out(text: str, statuses: tuple[str, ...], kept: tuple[str, ...] | None) -> None:
    result = applied(text, finding(2, "dropped-status", *statuses))
    assert [each.statuses for each in result.kept] == ([] if kept is None else [kept])


def test_other_files_are_not_spoken_of() -> None:
    text = "get()  # errdex: ignore\n"
    assert len(applied(text, finding(1, path="b.py")).kept) == 1


def test_an_ignore_at_the_fault_holds_for_every_call_through_it() -> None:
    text = "\n" * 8 + "return r.json()  # errdex: ignore[dropped-status: 413]\n"
    result = applied(
        text, finding(1, "dropped-status", "413", end=9), finding(3, "dropped-status", "413", end=9, path="b.py")
    )
    assert result == ((), ())


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("get()  # errdex: ignore\n", []),
        ("get()  # errdex: ignore[dropped-status: 413]\n", []),
        ("get()  # errdex: ignore[dropped-status, dropped-status: 413]\n", []),
        ("x = 1\nx = 2  # errdex: ignore\n", [(2, "`ignore` leaves nothing out")]),
        ("get()  # errdex: ignore[broad-except, dropped-status]\n", [(1, "`ignore[broad-except]` leaves nothing out")]),
        ("get()  # errdex: ignore[dropped-status: 404]\n", [(1, "`ignore[dropped-status: 404]` leaves nothing out")]),
        (
            "get()  # errdex: ignore[dropped-status: 404, 413, 503]\n",
            [(1, "dropped-status does not report 404 and 503 here")],
        ),
        (
            "get()  # errdex: ignore[droped-status]\n",
            [(1, "there is no rule 'droped-status'; did you mean 'dropped-status'?")],
        ),
        (
            "get()\n\n# errdex: ignore-file[broad-except]\n",
            [(3, "`ignore[broad-except]` leaves nothing out of this file")],
        ),
        (
            "get()\n\n# errdex: ignore-file[dropped-status: 404 413]\n",
            [(3, "dropped-status does not report 404 in this file")],
        ),
        ("get()\nx = 2  # errdex: ignore[broad-except, unused-ignore]\n", []),
        ("get()\nx = 2  # errdex: ignore\n# errdex: ignore-file[unused-ignore]\n", []),
        ("get()\n# errdex: ignore-file[unused-ignore]\n", [(2, "`ignore[unused-ignore]` leaves nothing out")]),
    ],
)
def test_what_is_left_out_in_vain(text: str, unused: list[tuple[int, str]]) -> None:
    assert said(applied(text, finding(1, "dropped-status", "413", "500")).unused) == unused


@pytest.mark.parametrize(
    ("text", "ran", "unused"),
    [
        ("x  # errdex: ignore[dropped-status]\n", {"broad-except", "unused-ignore"}, []),
        ("x  # errdex: ignore\n", {"broad-except", "unused-ignore"}, []),
        ("x  # errdex: ignore[wrong-method]\n", {"dropped-status", "wrong-method"}, []),
        (
            "x  # errdex: ignore[broad-except]\n",
            {"broad-except", "unused-ignore"},
            [(1, "`ignore[broad-except]` leaves nothing out")],
        ),
        ("x  # errdex: ignore[typo]\n", {"broad-except", "unused-ignore"}, [(1, "there is no rule 'typo'")]),
    ],
)
def test_a_directive_for_a_rule_that_did_not_run_is_not_in_vain(
    text: str, ran: set[str], unused: list[tuple[int, str]]
) -> None:
    assert said(applied(text, ran=frozenset(ran)).unused) == unused


@pytest.mark.parametrize(
    ("statuses", "message", "narrow"),
    [
        (("400", "413"), "can answer 400 and 413 here, and both are treated", "can answer 413 here, and it is treated"),
        (("400", "413"), "400 and 413 here, and both pass the check", "413 here, and it passes the check"),
        (("400", "413", "503"), "400, 413 and 503 here, and all end in", "413 and 503 here, and both end in"),
        (
            ("401", "413"),
            "answers 401 and 413 with empty bodies, which are",
            "answers 413 with an empty body, which is",
        ),
        (
            ("401", "413"),
            "401 and 413, and only an assertion tells them from",
            "413, and only an assertion tells it from",
        ),
        (("413",), "not narrowed at all: 413 here, and it is", "not narrowed at all: 413 here, and it is"),
    ],
)
def test_a_narrowed_finding_reads_well(statuses: tuple[str, ...], message: str, narrow: str) -> None:
    whole = finding(1, "dropped-status", *statuses)._replace(message=message)
    left = tuple(status for status in statuses if status in ("413", "503"))
    assert (narrowed(whole, left).message, narrowed(whole, left).statuses) == (narrow, left)


def test_the_witness_goes_with_its_status() -> None:
    whole = finding(1, "dropped-status", "400", "413", end=9)
    assert narrowed(whole, ("400",)).witness == whole.witness
    assert narrowed(whole, ("413",)).witness == ()


@given(
    st.lists(
        st.sampled_from(
            ["# errdex: ", "ignore", "[", "]", ":", ",", "413", "dropped-status", "operation", " ", "é\t", "#"]
        )
    )
)
def test_no_comment_stops_the_run(pieces: list[str]) -> None:
    comment = "#" + "".join(pieces)
    result = read(f"get()  {comment}\n")
    count = len(result.ignores) + len(result.bindings) + len(result.malformed)
    assert count == len(re.findall(r"#[ \t]*errdex:", comment))
    apply([finding(1, "dropped-status", "413")], result.ignores, known=KNOWN)
