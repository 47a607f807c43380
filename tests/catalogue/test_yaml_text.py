"""YAML that is written reads as what it was written from, and looks like what a person writes."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.catalogue.yaml_text import WIDTH, yaml_text

TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("ab:#-{}[], \n'\"yno*&!|>%@`", max_size=40)
    | st.text("ab  cd", min_size=100, max_size=400)
    | st.sampled_from(
        ["yes", "No", "null", "1", "1.0", "2020-01-01", "~", "<<", "=", "a:", "a:b", "-", "?", "---", "..."]
    )
)
DATA = st.recursive(
    TEXT | st.booleans() | st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(data=DATA, depth=st.integers(0, 4))
@settings(max_examples=300, deadline=None)
def test_it_reads_as_what_it_was_written_from(data: Any, depth: int) -> None:
    assert yaml.load(yaml_text(data, compact_from=depth), yaml.CSafeLoader) == data


@pytest.mark.parametrize(
    ("data", "depth", "text"),
    [
        ({}, 9, "{}\n"),
        ({"a": "b", "c": ["GET /a/{b}", 1, True, None]}, 9, 'a: b\nc: ["GET /a/{b}", 1, true, null]\n'),
        ({"a": {"b": "c"}, "d": []}, 9, "a:\n  b: c\nd: []\n"),
        ({"a": {"b": "c", "d": ["e"]}}, 1, "a: {b: c, d: [e]}\n"),
        ({404: "Not Found", "404": "yes"}, 9, '404: Not Found\n"404": "yes"\n'),
        ([{"a": {"b": "c"}}, {"d": "e"}], 9, "- a:\n    b: c\n- d: e\n"),
        ({"a": "one\n\ntwo"}, 1, "a: |-\n  one\n\n  two\n"),
        ({"url": "https://x.example/{a}"}, 9, "url: https://x.example/{a}\n"),
        ({"$ref": "#/a"}, 9, '$ref: "#/a"\n'),
    ],
)
def test_it_looks_like_what_a_person_writes(data: Any, depth: int, text: str) -> None:
    assert yaml_text(data, compact_from=depth) == text


def test_long_text_is_folded() -> None:
    text = yaml_text({"a": {"says": "word " * 60 + "end"}}, compact_from=1)
    assert text.startswith("a:\n  says: >-\n    word word")
    assert max(map(len, text.splitlines())) <= WIDTH


def test_what_does_not_fit_on_a_line_is_a_block() -> None:
    data = {"a": {"b": ["long enough to need a line"] * 5}}
    item = "    - long enough to need a line\n"
    assert (
        yaml_text(data, compact_from=1)
        == dedent("""\
        a:
          b:
        """)
        + item * 5
    )
