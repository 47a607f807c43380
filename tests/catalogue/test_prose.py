from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.catalogue.prose import Code, Emphasis, Link, Text, link_faults, links_of, parse_prose, plain

if TYPE_CHECKING:
    from errdex.catalogue.prose import Inline


@pytest.mark.parametrize(
    ("prose", "nodes"),
    [
        ("", []),
        ("Plain text.", [Text("Plain text.")]),
        ("2 * 3 * 4", [Text("2 * 3 * 4")]),  # spaces: no emphasis
        ("a_b __c__ ~d~ <b> & #e", [Text("a_b __c__ ~d~ <b> & #e")]),
        ("`open", [Text("`open")]),
        ("*open", [Text("*open")]),
        ("[open](ref:x", [Text("[open](ref:x")]),
        ("[open]", [Text("[open]")]),
        ("[] ()", [Text("[] ()")]),
        (r"CORP\user", [Text(r"CORP\user")]),  # no punctuation mark follows
        (r"\`no\` \*more\* \[x\](y) \\", [Text(r"`no` *more* [x](y) " + "\\")]),
        ("Use `GET /x`.", [Text("Use "), Code("GET /x"), Text(".")]),
        ("`a * b *c*`", [Code("a * b *c*")]),
        (r"`a\b`", [Code(r"a\b")]),
        ("*so* it **is**", [Emphasis("so"), Text(" it *"), Emphasis("is"), Text("*")]),
        (r"*so\_so*", [Emphasis("so_so")]),
        ("See [it](ref:x-1).", [Text("See "), Link("it", "ref:x-1"), Text(".")]),
        ("[a `b` c](https://example.com/?q=1#z)", [Link("a b c", "https://example.com/?q=1#z")]),
        ("a\n  b\tc", [Text("a b c")]),
        ("*a*`b`[c](d)", [Emphasis("a"), Code("b"), Link("c", "d")]),
    ],
)
def test_parse(prose: str, nodes: list[Inline]) -> None:
    assert list(parse_prose(prose)) == nodes


def test_plain_is_the_text_without_the_markup() -> None:
    assert plain(r"Use `GET` *now*, see [here](ref:x) \*") == "Use GET now, see here *"
    assert plain("") == ""


def test_a_link_knows_whether_it_is_a_reference() -> None:
    (first, second) = links_of("[a](ref:b) and [c](https://example.com)")
    assert (first.ref, second.ref) == ("b", "")


@pytest.mark.parametrize(
    "prose",
    [
        "[a](ref:known)",
        "[a](https://example.com/a_b?c=d)",
        "[a](mailto:a@b.c)",
        "[a](../b/c.md#d)",
        r"\[a](javascript:b)",
    ],
)
def test_links_that_lead_somewhere(prose: str) -> None:
    assert [*link_faults(prose, ["known"])] == []


@pytest.mark.parametrize(
    ("prose", "part"),
    [
        ("[a](ref:unknown)", "(ref:unknown)"),
        ("[a](ref:)", "(ref:)"),
        ("[a]()", "()"),
        ("[a](javascript:b)", "(javascript:b)"),
        ("[a](JAVASCRIPT:b)", "(JAVASCRIPT:b)"),
        ("[a](data:b)", "(data:b)"),
        ("[a](vbscript:b)", "(vbscript:b)"),
        ("[a](//b.example)", "(//b.example)"),
        ("[a](https://b\"onclick='c)", "(https://b\"onclick='c)"),
        ("[a](https://b c)", "]("),
        ("[a](b(c))", "]("),
    ],
)
def test_links_that_lead_nowhere(prose: str, part: str) -> None:
    assert [found for found, _ in link_faults(prose, ["known"])] == [part]


@given(st.text())
def test_nothing_is_lost_and_nothing_is_made_up(prose: str) -> None:
    """What is shown is what was written, less the marks of markup and the targets of links."""
    nodes = parse_prose(prose)
    kinds = [type(node).__name__ for node in nodes]
    assert not any(pair == ("Text", "Text") for pair in pairwise(kinds))
    shown = "".join(node.text for node in nodes)
    rest = iter(prose)
    for character in shown.replace(" ", ""):
        assert any(character == other for other in rest)


@given(st.text(alphabet="ab `*[](){}\\:/\n", max_size=40))
def test_marks_in_any_order_are_read_in_one_pass(prose: str) -> None:
    for node in parse_prose(prose):
        assert node.text
        if isinstance(node, Link):
            assert not set("()\n ") & set(node.target)


def test_a_long_run_of_marks_takes_no_longer_than_other_text() -> None:
    for marks in ("`", "*", "[", "[[", "](", "*a", "`a", "[a](", "\\"):
        assert parse_prose(marks * 20_000 + "x")
