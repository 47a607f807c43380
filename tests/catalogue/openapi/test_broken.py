"""Documents that cannot be used: what is said, and where."""

from __future__ import annotations

import json
import os
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.openapi import load_openapi
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path


def problems(text: str, path: str = "api.yaml") -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_openapi(path, dedent(text))
    for problem in caught.value.problems:
        if problem.location.line:
            lines = dedent(text).splitlines()
            assert problem.source == (lines[problem.location.line - 1] if lines else "")
    return [f"{p.location}: {p.message}".removeprefix(f"{path}:") for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["1:1: neither `openapi` nor `swagger` is said here"]),
        ("a: b\n", ["1:1: neither `openapi` nor `swagger` is said here"]),
        ("- openapi\n", ["1:1: neither `openapi` nor `swagger` is said here"]),
        ("openapi: 4.0.0\n", ["1:1: openapi 4.0.0 is none of 2.0, 3.0, 3.1 and 3.2"]),
        ("info: {}\nswagger: '1.2'\n", ["2:1: swagger 1.2 is none of 2.0, 3.0, 3.1 and 3.2"]),
        ("openapi: 3.1.0\n", [" no operation is described here"]),
        ("openapi: 3.1.0\npaths:\n", [" no operation is described here"]),
        ("openapi: 3.1.0\npaths: [a]\n", ["2:1: paths: a list is not a mapping"]),
        ("openapi: 3.1.0\npaths:\n  /a: text\n", ["3:3: /a: text is not a mapping"]),
        (
            "openapi: 3.1.0\npaths:\n  /a:\n    get: {responses: [x]}\n    put: {responses: 4}\n    post: []\n",
            [
                "4:11: the responses of GET /a: a list is not a mapping",
                "5:11: the responses of PUT /a: 4 is not a mapping",
                "6:5: POST /a: a list is not a mapping",
            ],
        ),
        (
            "openapi: 3.1.0\npaths:\n  /a: {get: {responses: {404: text, 405: [], 406: {}}}}\n",
            ["3:26: 404 for GET /a: text is not a mapping", "3:37: 405 for GET /a: a list is not a mapping"],
        ),
        ("openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {}, '200': {}}}}}\n", [
            "2:41: key '200' is said twice, first in line 2"
        ]),
        ("openapi: 3.1.0\nx: *nothing\n", ["2:4: alias *nothing names nothing that is complete before it"]),
        ("openapi: 3.1.0\nx: &a [*a]\n", ["2:8: alias *a names nothing that is complete before it"]),
        ("openapi: 3.1.0\n---\nopenapi: 3.1.0\n", ["2:1: a second document starts here"]),
        ("openapi: 3.1.0\nx: {[a]: b}\n", ["2:5: a key is a list or a mapping, not text"]),
        ("openapi: 3.1.0\nx: {<<: text}\n", ["2:13: a merge key names something else than a mapping"]),
    ],
)  # fmt: skip
def test_yaml(text: str, said: list[str]) -> None:
    assert problems(text) == said


def test_text_that_is_no_yaml() -> None:
    assert [said[:4] for said in problems("openapi: 3.1.0\nx: {a: b: c}\n")] == ["2:9:"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"openapi": "3.1.0",}', ["1:21: the JSON is broken: expecting a key in double quotes"]),
        ('{"openapi": }', ["1:13: the JSON is broken: expecting value"]),
        ('{"openapi" "3.1.0"}', ["1:12: the JSON is broken: expecting ':'"]),
        ('{"openapi": "3.1.0"', ["1:20: the JSON is broken: expecting ',' or '}'"]),
        ('{"openapi": "3.1.0"} {}', ["1:22: the JSON is broken: extra data"]),
        ('{"openapi": "3.1.0\n"}', ["1:19: the JSON is broken: invalid control character at"]),
        ("{", ["1:2: the JSON is broken: expecting a key in double quotes"]),
        (
            '{"openapi": "3.1.0",\n "paths": {"/a": {"get": {"responses": {"200": {},\n  "200": {}}}}}}',
            ["3:3: the JSON is broken: key '200' is said twice"],
        ),
        (
            '{"openapi": "3.1.0",\n "paths": {"/a": {"get": {"responses": {\n  "404": 5}}}}}',
            ["3:3: 404 for GET /a: 5 is not a mapping"],
        ),
        (
            '{"openapi": "3.1.0",\n "paths": {"/a": {"$ref": "#/x/y"}},\n "x": {"y": {"get": \n    []}}}',
            ["3:14: GET /a: a list is not a mapping"],
        ),
    ],
)
def test_json(text: str, said: list[str]) -> None:
    assert problems(text, "api.json") == said


def test_all_problems_are_told_at_once() -> None:
    paths = "".join(f"  /{n}: {{get: {{responses: {{404: {{$ref: '#/{n}'}}}}}}}}\n" for n in range(4))
    assert problems(f"openapi: 3.1.0\npaths:\n{paths}") == [
        f"{n + 3}:26: the reference #/{n} leads to nothing" for n in range(4)
    ]


BOMB = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60))


def test_a_bomb_of_aliases_stays_small() -> None:
    example = "{application/json: {example: *a59}}"
    found = load_openapi(
        "api.yaml", f"openapi: 3.1.0\n{BOMB}paths: {{/a: {{get: {{responses: {{200: {{content: {example}}}}}}}}}}}\n"
    )
    assert found.bodies[0].example == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "openapi: 3.1.0\nx: &x {" + ", ".join(f"k{n}: v" for n in range(1000)) + "}\n"
            + "".join(f"y{n}: {{<<: *x}}\n" for n in range(1000)),
            "merge keys copy more than 200000 keys",
        ),
        # libyaml has a limit of its own from 0.2.6 on, which a single line may reach first.
        ("openapi: 3.1.0\nx: " + "{a:\n " * 201, "nested deeper than 200 levels"),
        ("openapi: 3.1.0\nx: " + "[" * 100_000, "nested "),
        ("openapi: 3.1.0\nx: " + "{a: " * 100_000, "nested "),
        ('{"openapi": "3.1.0", "x": ' + "[" * 100_000, "nested too deeply"),
        ('{"openapi": "3.1.0", "x": ' + "1" * 5000 + "}", "exceeds the limit (4300 digits)"),
        (
            "openapi: 3.1.0\nx: &x {" + ", ".join(f"{n}: {{}}" for n in range(100, 600)) + "}\npaths:\n"
            + "".join(f"  /{n}: {{get: {{responses: *x}}}}\n" for n in range(601)),
            "more than 300000 responses are described",
        ),
    ],
    ids=["merge", "lines", "lists", "mappings", "json", "digits", "cells"],
)  # fmt: skip
def test_more_than_any_real_document_has(text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_openapi("api.json" if text.startswith("{") else "api.yaml", text)
    assert said in caught.value.problems[0].message


def test_files_that_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"openapi: 3.1.0\nx: \xe9\n")
    cases = {
        "pipe.yaml": "not a regular file",
        "latin.yaml": "byte 0xE9 is not UTF-8",
        "none.yaml": "no such file or directory",
    }
    for name, message in cases.items():
        with pytest.raises(CatalogueError) as caught:
            load_openapi(str(tmp_path / name))
        assert caught.value.problems[0].message == message
        assert caught.value.problems[0].location.path == str(tmp_path / name)


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    text = json.dumps(
        {"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"200": {"description": "a\r\nb"}}}}}}, indent=1
    )
    for name in ("api.json", "api.yaml"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        (response,) = load_openapi(str(tmp_path / name)).responses()
        assert (response.summary, response.location.line) == ("a b", 7)
