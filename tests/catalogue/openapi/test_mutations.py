"""Documents with parts replaced, renamed and taken out at random: each is read or refused, and what is read holds."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.catalogue.diff import diff
from errdex.catalogue.importing import catalogue_text
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.openapi import read_openapi
from errdex.catalogue.openapi_export import export_openapi
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue

DATA = Path(__file__).with_name("data")
DOCUMENTS = [
    json.loads(json.dumps(yaml.safe_load((DATA / name).read_text(encoding="utf-8"))))
    for name in ("library.yaml", "shop.json")
]
VALUES: list[Any] = [
    None, True, 0, -1, 1e9, "", "x", "\ud800", "a\u202eb", "\x00", [], {}, [None], {"$ref": "#/x"}, {"$ref": 1},
    {"$ref": "#"},
    {"$ref": "#/"}, {"$ref": "\x00"}, {"a": 1}, "[a](javascript:x)", "[a](ref:b)", "{a}{b", "200", ["a", 1], {"": {}}, "://",
    "https://", "{x}://y", "a: b", "- a",
]  # fmt: skip
KEYS = ["", "x", "404", "$ref", "get", "\ud800k", "{", "servers", "description", "4XX", "a\x00b"]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(value, (*path, key))


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    document = copy.deepcopy(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from(list(places(document))))
        parent = document
        for key in path:
            parent = parent[key]
        how = draw(st.sampled_from(["replace", "rename", "remove"]))
        if how == "replace":
            parent[last] = copy.deepcopy(draw(st.sampled_from(VALUES)))
        else:
            value = parent.pop(last)
            if how == "rename" and isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = value
    return document


@given(document=mutated())
@settings(max_examples=150, deadline=None)
def test_what_is_read_holds_together(document: Any) -> None:
    try:
        found = read_openapi("api.json", json.dumps(document)).catalogue
    except CatalogueError:
        return
    operations = sorted(operation.id for operation in found.operations)
    assert len(set(operations)) == len(operations)
    for status in found.statuses:
        assert sorted(operation for cell in status.cells for operation in cell.operations) == operations
    groups = {group.id: group.operations for group in found.groups}
    assert sorted(o for column in found.columns for o in groups.get(column, (column,))) == operations
    assert list(diff(found, found)) == []
    assert count(load_catalogue("exported.yaml", export_openapi(found))) <= count(found)
    assert count(load_catalogue("imported.yaml", catalogue_text(found, "api.json"))) == count(found)
    (export_openapi(found) + catalogue_text(found, "api.json")).encode()


def count(found: Catalogue) -> int:
    return sum(response.state == "documented" for response in found.responses())
