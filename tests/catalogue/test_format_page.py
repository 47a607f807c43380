"""docs/reference/catalogue-format.md has every key of the format, and its examples are catalogues."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from errdex.catalogue.load import load_catalogue, validate_strict
from errdex.catalogue.schema import schema_text

PAGE = (Path(__file__).parents[2] / "docs/reference/catalogue-format.md").read_text(encoding="utf-8")
EXAMPLES = [text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "catalogue: 1" in text]


def every_key() -> set[str]:
    keys = set()
    stack = [json.loads(schema_text())]
    while stack:
        schema = stack.pop()
        keys |= schema.get("properties", {}).keys()
        stack += [value for value in schema.values() if isinstance(value, dict)]
    return keys - {"properties"}


@pytest.mark.parametrize("key", sorted(every_key()))
def test_the_page_has_every_key(key: str) -> None:
    assert re.search(rf"`(?:[^`]*\W)?{key}(?:\W[^`]*)?`", PAGE)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_leave_nothing_open(text: str) -> None:
    assert validate_strict(load_catalogue("example.yaml", text)) == ()


def test_there_is_an_example() -> None:
    assert EXAMPLES
