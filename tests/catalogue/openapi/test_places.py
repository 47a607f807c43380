"""Keys of a JSON description are found where they stand, however the text is laid out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from errdex.catalogue.documents import read
from errdex.catalogue.openapi import load_openapi
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable

RESPONSES = {f"4{number:02}": {"description": f"No {number}."} for number in range(4, 9)}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Päckchen 📦", "version": "1"},
    "paths": {f"/a{number}": {"get": {"responses": RESPONSES}, "put": {"responses": {}}} for number in range(30)},
    "components": {"responses": {"Gone": {"description": "Gone."}}},
}
LAYOUTS: dict[str, Callable[[Any], str]] = {
    "one line": lambda data: json.dumps(data, ensure_ascii=False),
    "no blank": lambda data: json.dumps(data, separators=(",", ":")),
    "a key a line": lambda data: json.dumps(data, indent=2, ensure_ascii=False),
    "tabs and carriage returns": lambda data: json.dumps(data, indent="\t").replace("\n", "\r\n"),
    "blanks before": lambda data: f"\n\n  {json.dumps(data)}",
}


def place(text: str, *keys: str) -> tuple[int, int]:
    """Return line and column of the last of some keys, each the next of its name after the one before."""
    offset = 0
    for key in keys:
        offset = text.index(f'"{key}"', offset)
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_key_is_found(layout: str) -> None:
    text = LAYOUTS[layout](DOCUMENT)
    document = read("api.json", text)
    for path in DOCUMENT["paths"]:
        for status in RESPONSES:
            keys = ("paths", path, "get", "responses", status)
            assert document.location(keys)[1:] == place(text, *keys)
            assert document.location((*keys, "description"))[1:] == place(text, *keys, "description")
        assert document.location(("paths", path, "put"))[1:] == place(text, "paths", path, "put")
    assert document.location(("components", "responses", "Gone"))[1:] == place(text, "components", "Gone")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_fault_is_shown_where_it_is(layout: str) -> None:
    responses = {"404": 5, "409": {"headers": {"X-Wait": {"$ref": "#/nowhere"}}, "description": "Wait."}}
    text = LAYOUTS[layout]({**DOCUMENT, "paths": {**DOCUMENT["paths"], "/b": {"get": {"responses": responses}}}})
    with pytest.raises(CatalogueError) as caught:
        load_openapi("api.json", text)
    number, reference = caught.value.problems
    assert number.location[1:] == place(text, "/b", "404")
    assert reference.location[1:] == place(text, "/b", "X-Wait")  # read by nobody before it was wanted
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for problem in (number, reference):
        assert problem.source == lines[problem.location.line - 1]
