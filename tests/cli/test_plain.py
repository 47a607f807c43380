from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.cli import COMMANDS, check, parsing, plain
from errdex.errors import UsageError

(CHECK,) = (command for command in COMMANDS if command.name == "check")
WORDS = (
    "a.py", "b", "", "-", "--", "-x", "--nonsense", "--strict", "--strict=1", "--no-cache", "--exit-zero",
    "--catalogue", "--catalogue=x.yaml", "--catalogue=", "--catalogue=-", "--format", "json",
    "--format=xml", "--format=full",
    "--jobs", "--jobs=0", "--jobs=2", "2", "two", "--select", "dropped-status,broad-except", "--select=,", "--ignore=a",
    "--help", "-h", "--cat", "--executor", "dask://x:1", "--stdin-filename=a b.py", "-1", "a=b",
    "--add-ignore", "they know, -",
)  # fmt: skip


def by_argparse(words: list[str]) -> dict[str, object] | None:
    try:
        return vars(parsing.parse(CHECK, words))
    except (UsageError, SystemExit):
        return None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a.py", "b"],
        ["--catalogue", "x.yaml", "a.py"],
        ["a.py", "--catalogue=x.yaml", "--catalogue", "y.yaml"],
        ["--select", "a,b", "--select", " c ", "--ignore=d", "--jobs", "2", "--format", "json", "--strict", "b"],
        ["--stdin-filename", "a b.py", "--add-ignore=they know"],
    ],
)
def test_plain_words_are_read(words: list[str]) -> None:
    found = plain.read(check.add_arguments, words)
    assert found is not None
    assert vars(found) == by_argparse(words)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"], ["-h", "a.py"], ["--"], ["-"], [""], ["a.py", "--strict", "b.py"], ["--catalogue"],
        ["--catalogue="], ["--catalogue", "--strict"], ["--strict=1"], ["--jobs", "two"], ["--format", "xml"],
        ["--cat", "x"], ["-1"],
    ],
)  # fmt: skip
def test_others_are_not(words: list[str]) -> None:
    assert plain.read(check.add_arguments, words) is None


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text("-=ab ,", max_size=4), max_size=6))
def test_what_is_read_is_what_argparse_reads(words: list[str]) -> None:
    found = plain.read(check.add_arguments, words)
    assert found is None or vars(found) == by_argparse(words)


def test_a_default_is_not_the_next_run_s() -> None:
    for _ in range(2):
        found = plain.read(check.add_arguments, ["--catalogue", "x"])
        assert found is not None
        assert found.catalogue == ["x"]
