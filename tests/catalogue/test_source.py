from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.catalogue import source as source_module
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.nodes import Mapping, Nowhere, Refused, Scalar, Sequence, kind_of
from errdex.catalogue.source import parse
from errdex.errors import CatalogueError

GOOD = b"catalogue: 1\napi: {id: x, title: X}\n"


def told(path: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(str(path))
    return [f"{p.location.line}:{p.location.column} {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.rstrip(),
        b"# comment \xe2\x82\xac\n---\n" + GOOD + b"...\n",
        b'{"catalogue": 1, "api": {"id": "x", "title": "X \\u00e9 \\/"}}',
        b"%YAML 1.2\n---\n" + GOOD,
    ],
)
def test_good_bytes(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert load_catalogue(str(path)).api.id == "x"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "0:0 the file is empty"),
        (b"\xef\xbb\xbf" + GOOD, "1:1 the file starts with a byte order mark"),
        (GOOD.decode().encode("utf-16"), "1:1 the file is UTF-16 or UTF-32, not UTF-8"),
        (GOOD.decode().encode("utf-32"), "1:1 the file is UTF-16 or UTF-32, not UTF-8"),
        (GOOD + "notes: [é€".encode() + b"\xff]\n", "3:11 byte 0xFF is not UTF-8"),
        (GOOD + b"notes: [caf\xe9]\n", "3:12 byte 0xE9 is not UTF-8"),
        (GOOD + b"notes: [\xed\xa0\x80]\n", "3:9 byte 0xED is not UTF-8"),  # a surrogate, encoded all the same
        (GOOD + b"notes: [a\x00b]\n", "3:10 character U+0000 is not allowed"),
        (GOOD + b"notes: [a\x1b[31mb]\n", "3:10 character U+001B is not allowed"),
        (GOOD + b"notes: [a\x7fb]\n", "3:10 character U+007F is not allowed"),
        (GOOD + "notes: [a\x85b]\n".encode(), "3:10 character U+0085 is not allowed"),
        (GOOD + "notes: [a\u2028b]\n".encode(), "3:10 character U+2028 is not allowed"),
        (GOOD + "notes: [a\u202eb]\n".encode(), "3:10 character U+202E is not allowed"),
        (GOOD + "notes: [é\ufeffb]\n".encode(), "3:10 character U+FEFF is not allowed"),
        (GOOD + b"notes: [a]\rlinks: {}\n", "3:11 a carriage return stands without a line feed"),
    ],
)
def test_bytes_that_no_catalogue_may_have(data: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert told(path) == [problem]


def test_the_line_of_a_byte_that_is_not_utf_8_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(GOOD + "notes: [é".encode() + b"\xff]\r\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(str(path))
    (problem,) = caught.value.problems
    assert (problem.location.line, problem.location.column) == (3, 10)
    assert problem.source == "notes: [é\ufffd]"


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 100_000,
        "\r" * 100_000,
        "notes: []\n" * 50_000,
        "".join(f"key-{n}: 1\n" for n in range(50_000)),
        "notes: [" + "!a b, " * 10_000 + "]\n",
        "columns: [" + ", ".join(f"c{n}" for n in range(20_000)) + "]\n",
    ],
    ids=["controls", "returns", "duplicates", "unknown keys", "tags", "unknown ids"],
)
def test_nobody_is_told_more_than_can_be_read(text: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("x.yaml", GOOD.decode() + text)
    assert len(caught.value.problems) == source_module.MAX_PROBLEMS + 1
    assert "the others are not told" in caught.value.problems[-1].message


def test_a_lone_surrogate_in_text_that_somebody_hands_over() -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("x.yaml", "catalogue: 1\nnotes: [\ud800]\n")
    assert [p.message for p in caught.value.problems] == ["U+D800 is a lone surrogate"]


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.yaml"
    os.mkfifo(fifo)  # opening it would wait for a writer, for ever
    assert told(fifo) == ["0:0 not a regular file"]
    assert told(tmp_path / "missing.yaml") == ["0:0 no such file or directory"]
    assert told(tmp_path / ("x" * 300)) == ["0:0 file name too long"]


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(source_module.MAX_BYTES + 1)
    assert told(path) == ["0:0 larger than 64 MiB"]


@pytest.mark.parametrize(
    "text",
    [
        "{" * 50_000,
        "{a: " * 50_000,
        "[" * 50_000,
        "- " * 50_000,
        "? " * 50_000,
        "\n".join(" " * depth + "a:" for depth in range(500)),
        "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "a: &a {<<: [*a, *a, *a]}\n",
        "&a [*a]\n",
        "a: " + "9" * 100_000 + "\n",
        "catalogue: 0x" + "f" * 100_000 + "\n",
        "a" * 100_000 + ": b\n",
        "? " + "a" * 5_000 + "\n: b\n",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_refused_and_nothing_worse(text: str) -> None:
    with pytest.raises(CatalogueError):
        load_catalogue("x.yaml", text)


fragments = st.lists(
    st.sampled_from(
        [
            "catalogue: 1\n",
            "api:\n",
            "  id: x\n",
            "  title: X\n",
            "{",
            "}",
            "[",
            "]",
            "- ",
            ": ",
            "? ",
            "\n",
            "  ",
            "\t",
            "'",
            '"',
            "|",
            ">",
            "#",
            "&a ",
            "*a",
            "<<: ",
            "!!str ",
            "\\",
            "%",
            "@",
            "`",
            "---\n",
            "...\n",
            "é",
            "\ufeff",
            "operations",
            "responses",
            "404",
            "4XX",
            "for",
            "not-applicable",
            "causes",
            "null",
            "~",
            "yes",
            "[a](ref:b)",
        ]
    )
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(fragments.map("".join) | st.text(max_size=60))
def test_any_text_is_a_catalogue_or_a_list_of_problems(text: str) -> None:
    try:
        load_catalogue("x.yaml", text)
    except CatalogueError as error:
        assert error.problems  # noqa: PT017  # either is fine, and an error has to say something
        for problem in error.problems:
            assert problem.message
            assert "\n" not in problem.message


def test_nodes_know_where_they_stand_in_characters() -> None:
    root = parse("x.yaml", "é: [𝄞, 'b']\nc:\n  d: e\n").root
    assert isinstance(root, Mapping)
    (key, items), (_, inner) = root.entries["é"], root.entries["c"]
    assert isinstance(items, Sequence)
    assert isinstance(inner, Mapping)
    places = [node.location[1:] for node in (key, items, *items.items, inner) if not isinstance(node, Refused)]
    assert places == [(1, 1), (1, 4), (1, 5), (1, 8), (3, 3)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("text", "text"),
        ("1.2.3", "text"),
        ("2026", "integer"),
        ("-1", "integer"),
        ("0", "integer"),
        ("1.5", "number"),
        (".5", "number"),
        ("1e3", "number"),
        (".nan", "number"),
        ("", "null"),
        ("~", "null"),
        ("NULL", "null"),
        ("True", "boolean"),
        ("On", "ambiguous"),
        ("n", "ambiguous"),
        ("0404", "ambiguous"),
        ("0o17", "ambiguous"),
        ("1_000", "ambiguous"),
        ("190:20:30", "ambiguous"),
        ("2001-12-14 21:59:43.10 -5", "ambiguous"),
        ("yesterday", "text"),
        ("1.2.3-rc1", "text"),
        ("404 Not Found", "text"),
    ],
)
def test_kinds_of_scalars(text: str, kind: str) -> None:
    node = Scalar(text, plain=True, mark=Nowhere("x"))
    assert kind_of(node) == kind
    assert kind_of(node._replace(plain=False)) == "text"


def test_without_libyaml_it_is_slower_and_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(Path(__file__).parents[2] / "codes" / "netwrix-auditor.yaml")
    fast = load_catalogue(path)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert repr(load_catalogue(path)) == repr(fast)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("x.yaml", "catalogue: 1\napi: {id: x, title: X}\nnotes:\n\t- a\n")
    assert [p.location[1:] for p in caught.value.problems] == [(4, 1)]
