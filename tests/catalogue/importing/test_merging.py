"""Bringing three texts together: each case in the smallest texts that show it, and laws over texts made at random."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.catalogue.merging import MARK, merge
from errdex.catalogue.yaml_text import yaml_text
from errdex.errors import CatalogueError

NOW = f"{MARK} the source says now\n"
GONE = f"{MARK} the source no longer has this\n"
OUT = f"{MARK} this was taken out here, and the source says now\n"


@pytest.mark.parametrize(
    ("last", "people", "source", "merged"),
    [
        # Nobody changed anything, or one side did.
        ("a: 1\n", "a: 1\n", "a: 1\n", "a: 1\n"),
        ("a: 1\n", "a: 2\n", "a: 1\n", "a: 2\n"),
        ("a: 1\n", "a: 1\n", "a: 2\n", "a: 2\n"),
        ("a: 1\n", "a: 2\n", "a: 2\n", "a: 2\n"),
        ("a: 1\n", "a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 2\n"),
        ("a: 1\n", "a: 1\n", "a: 1\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\nb: 2\n", "a: 1\nb: 2\n", "b: 2\n", "b: 2\n"),
        ("a: 1\nb: 2\n", "b: 2\n", "a: 1\nb: 2\n", "b: 2\n"),
        ("a: 1\nb: 2\n", "b: 2\na: 1\n", "a: 1\nb: 3\n", "b: 3\na: 1\n"),
        # Both did, in different places.
        ("a: 1\nb: 2\n", "a: 3\nb: 2\n", "a: 1\nb: 4\n", "a: 3\nb: 4\n"),
        ("a:\n  b: 1\n  c: 2\n", "a:\n  b: 3\n  c: 2\n", "a:\n  b: 1\n  c: 4\n", "a:\n  b: 3\n  c: 4\n"),
        ("a: {b: 1, c: 2}\n", "a: {b: 3, c: 2}\n", "a: {b: 1, c: 4}\n", "a: {b: 3, c: 4}\n"),
        ("a: {b: 1}\n", "a: {b: 1, d: true}\n", "a: {b: 1, c: x}\n", "a: {b: 1, d: true, c: x}\n"),
        ("a: {b: 1, c: 2}\n", "a:\n    b: 3\n    c: 2\n", "a: {b: 1, c: 4}\n", "a:\n    b: 3\n    c: 4\n"),
        ("a: [p, q]\n", "a: [p, q, mine]\n", "a: [q, theirs]\n", "a: [q, mine, theirs]\n"),
        ("a: 1\nz: 1\n", "a: 1\nmine: 2\nz: 1\n", "a: 1\ntheirs: 3\nz: 1\n", "a: 1\ntheirs: 3\nmine: 2\nz: 1\n"),
        ("c: 1\n", "c: 1\n", "a: 0\nc: 1\n", "a: 0\nc: 1\n"),
        # Comments and layout are people's.
        ("a: 1\n", "# why\na: 1  \n\n# the end\n", "a: 1\nb: 2\n", "# why\na: 1  \n\n# the end\nb: 2\n"),
        ("a: 1\n", "# why\na: 1\n", "a: 2\n", "# why\na: 2\n"),
        ("a: 1\nb: 1\n", "a: 1\n\n# why\nb: 1\n", "a: 2\nb: 2\n", "a: 2\n\n# why\nb: 2\n"),
        ("a:\n  b: 1\n", "a:  # why\n  # because\n  b: 1\n", "a:\n  b: 2\n", "a:  # why\n  # because\n  b: 2\n"),
        ("'a': 1\n", "a: 1\n", '"a": 2\n', '"a": 2\n'),
        ("a: |-\n  x\n  # no comment\nb: 1\n", "a: |-\n  x\n  # no comment\nb: 1\n", "a: y\nb: 1\n", "a: y\nb: 1\n"),
        # Both changed the same thing.
        ("a: 1\n", "a: 2\n", "a: 3\n", f"{NOW}#   a: 3\na: 2\n"),
        ("a: x\n", "a: {b: 1}\n", "a: y\n", f"{NOW}#   a: y\na: {{b: 1}}\n"),
        ("a: {b: 1}\n", "a: {b: 2}\n", "a: {b: 3}\n", f"{NOW}#   a: {{b: 3}}\na: {{b: 2}}\n"),
        ("a:\n  b: 1\n", "a:\n  b: 2\n", "a:\n  b: 3\n", f"a:\n  {NOW}  #   b: 3\n  b: 2\n"),
        ("a: 1\n", "a: 1  # why\n", "a: 2\n", f"{NOW}#   a: 2\na: 1  # why\n"),
        ("", "a: 1\n", "a: 2\n", f"{NOW}#   a: 2\na: 1\n"),
        ("a: 1\nb: 1\n", "a: 2\nb: 1\n", "b: 1\n", f"{GONE}a: 2\nb: 1\n"),
        ("a: 1\nb: 1\n", "# why\na: 1\nb: 1\n", "b: 1\n", f"# why\n{GONE}a: 1\nb: 1\n"),
        ("a: 1\nb: 1\n", "b: 1\n", "a: 2\nb: 1\n", f"{OUT}#   a: 2\nb: 1\n"),
        # A conflict stays until somebody takes its comment away; a new one takes its place.
        ("a: 3\n", f"{NOW}#   a: 3\na: 2\n", "a: 3\n", f"{NOW}#   a: 3\na: 2\n"),
        ("a: 3\n", "a: 2\n", "a: 3\n", "a: 2\n"),
        ("a: 3\n", f"# why\n{NOW}#   a: 3\na: 2\n", "a: 4\n", f"# why\n{NOW}#   a: 4\na: 2\n"),
        ("b: 1\n", f"{GONE}a: 2\nb: 1\n", "b: 1\n", f"{GONE}a: 2\nb: 1\n"),
    ],
)
def test_merge(last: str, people: str, source: str, merged: str) -> None:
    result = merge("x.yaml", last or "z: 0\n", people, source)
    assert result.text == merged
    assert len(result.conflicts) == merged.count(MARK)
    for conflict in result.conflicts:
        line = merged.splitlines()[conflict.location.line - 1]
        assert line[conflict.location.column - 1 :].startswith(MARK)
        assert conflict.source == line


def test_people_lay_it_out_as_they_like() -> None:
    """What comes from the source stands as deep as the lines of people around it."""
    last, source = "a:\n  b:\n    c: 1\n", "a:\n  b:\n    c: 2\n    d: 3\n"
    assert merge("x.yaml", last, "a:\n b:\n  c: 1\n", source).text == "a:\n b:\n  c: 2\n  d: 3\n"
    assert merge("x.yaml", last, "a:\n   b:\n      c: 1\n", source).text == "a:\n   b:\n      c: 2\n      d: 3\n"


def test_windows_line_ends_stay() -> None:
    assert merge("x.yaml", "a: 1\nb: 1\n", "a: 2\r\nb: 1\r\n", "a: 1\nb: 2\n").text == "a: 2\r\nb: 2\r\n"


@pytest.mark.parametrize("text", ["- a\n", "a\n", "{a: 1, b: 2}\n", "a: [\n"])
def test_a_text_that_is_no_mapping_is_an_error(text: str) -> None:
    with pytest.raises(CatalogueError):
        merge("x.yaml", "a: 1\n", text, "a: 1\n")


KEYS = st.sampled_from("abcdef")
VALUES = st.recursive(
    st.sampled_from(["one", "two", "three", 1, True]) | st.lists(st.sampled_from("xyz"), max_size=3, unique=True),
    lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4),
    max_leaves=8,
)
# Every catalogue says its version, whatever else was taken away on both sides.
TREES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5).map(lambda data: {"catalogue": 1, **data})
DEPTHS = st.integers(1, 4)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    if isinstance(data, dict):
        return {key: leaf for name, value in data.items() for key, leaf in leaves(value, (*path, name)).items()}
    return {path: data}


@given(last=TREES, people=TREES, source=TREES, depth=DEPTHS)
@settings(max_examples=100, deadline=None)
def test_nothing_that_people_wrote_is_lost(last: Any, people: Any, source: Any, depth: int) -> None:
    texts = [yaml_text(data, compact_from=depth) for data in (last, people, source)]
    commented = re.sub(r"(?m)^( *)(?=\w+:)", lambda match: f"{match[1]}# my words\n{match[1]}", texts[1])
    for ours in (texts[1], commented):
        result = merge("x.yaml", texts[0], ours, texts[2])
        merged = yaml.safe_load(result.text)
        said = leaves(merged)
        for path, value in leaves(people).items():
            if leaves(last).get(path, ...) != value and not isinstance(value, list):
                assert said[path] == value
        assert merge("x.yaml", texts[2], result.text, texts[2]) == result
    assert result.text.count("# my words") >= len({line for line in commented.splitlines() if "# my words" in line})


@given(last=TREES, other=TREES, depth=DEPTHS)
@settings(max_examples=60, deadline=None)
def test_what_one_side_alone_changed_is_taken(last: Any, other: Any, depth: int) -> None:
    known, changed = (yaml_text(data, compact_from=depth) for data in (last, other))
    result = merge("x.yaml", known, changed, known)
    assert (result.text, result.conflicts) == (changed, ())
    result = merge("x.yaml", known, known, changed)
    assert (yaml.safe_load(result.text), result.conflicts) == (other, ())
