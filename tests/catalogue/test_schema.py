"""The JSON Schema and the loader agree on every document: proved with documents made from the schema and bent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.schema import check_shape, schema_text
from errdex.catalogue.source import parse
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads(schema_text())
DEFINITIONS = SCHEMA["definitions"]
# Python's `$` lets a newline follow; that of ECMA, which JSON Schema means, does not.
VALIDATOR = Draft7Validator(json.loads(schema_text().replace('$"', '\\\\Z"')))
FORMS = {
    "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$": ["read", "read-all", "Get.2", "read--all", "read\n", "", "x" * 101],
    "^[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*$": ["XMLError", "rate__limit", "_x"],
    "^([1-5][0-9][0-9]|[1-5]XX|default)$": ["200", "4XX", "default", "600", "4xx", "404\n"],
    "\\S": ["Text.", "", " \n", "`code` and *more*"],
    "^https?://[!#-;=?-\\[\\]_a-z~]+$": ["https://example.com/a?b=c", "ftp://example.com", "https://exa mple.com"],
    "^(https?://[!#-;=?-\\[\\]_a-z{}~]+|/[!#-;=?-\\[\\]_a-z{}~]*)$": ["https://{host}:9699/v1", "/v1", "v1"],
    "^[A-Za-z_][A-Za-z0-9_.-]*$": ["host", "1host"],
    "^[!#-;=?-\\[\\]_a-z~]+$": ["https://example.com/problems/x", "about:blank", "a b"],
    "^[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(;[ -~]+)?$": [
        "application/json",
        "text/xml; charset=utf-8",
        "json",
    ],
    "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$": ["Retry-After", "Retry After"],
    "^not-applicable$": ["not-applicable", "unsaid"],
}
"""Texts that fit a pattern and texts that do not."""

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"), exclude_characters=DIRECTIONS), max_size=8
)
numbers = st.integers(-1000, 1000) | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x % 1 != 0)
scalars = st.none() | st.booleans() | numbers | texts | st.sampled_from(["200", "yes", "1.10", "not-applicable", "x"])
anything = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    return DEFINITIONS[schema["$ref"].removeprefix("#/definitions/")] if "$ref" in schema else schema


@st.composite
def documents(draw: st.DrawFn, schema: dict[str, Any], bent: int = 25) -> Any:
    """Draw a value that nearly fits a schema: one in `bent` of its parts is something else."""
    schema = resolved(schema)
    if draw(st.integers(1, bent)) == 1:
        return draw(anything)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    match draw(st.sampled_from(kinds)):
        case "object":
            names = list(schema.get("properties", ()))
            chosen = {
                *schema.get("required", ()),
                *draw(st.lists(st.sampled_from(names), max_size=4) if names else st.just([])),
            }
            made = {name: draw(documents(schema["properties"][name], bent)) for name in sorted(chosen)}
            if schema.get("additionalProperties"):
                keys = documents(schema["propertyNames"], bent * 4) if "propertyNames" in schema else texts
                for key in draw(st.lists(keys.filter(lambda key: isinstance(key, str)), max_size=3, unique=True)):
                    made[key] = draw(documents(schema["additionalProperties"], bent))
            elif draw(st.integers(1, bent * 4)) == 1:
                made[draw(texts)] = draw(scalars)
            return made
        case "array":
            return draw(st.lists(documents(schema["items"], bent), min_size=schema.get("minItems", 0), max_size=3))
        case "string" if "enum" in schema:
            return draw(st.sampled_from([*schema["enum"] * 5, "other"]))
        case "string" if schema.get("pattern", "").startswith("^(GET"):
            return draw(st.sampled_from(["GET /x/{id}", "POST /x", "PUT /{+path}", "get /x", "GET /{a b}"]))
        case "string":
            forms = FORMS[schema["pattern"]] if "pattern" in schema else ["1.10", "x", ""]
            return draw(st.sampled_from(forms[:1] * 8 + forms))
        case "boolean":
            return draw(st.booleans())
        case _:
            return draw(st.sampled_from(schema.get("enum", [1, 2.5, 404, 1000])))


def same_text_twice(value: Any) -> bool:
    """Tell whether a list has 404 and "404": two to JSON Schema, one to a catalogue."""
    if isinstance(value, dict):
        return any(map(same_text_twice, value.values()))
    if isinstance(value, list):
        values = {json.dumps(item) for item in value if isinstance(item, str | int | float)}
        return len({item.strip('"') for item in values}) < len(values) or any(map(same_text_twice, value))
    return False


def loader_accepts(document: Any) -> bool:
    """Tell whether the shape is right, and see that the rest of the loader bears with a wrong one."""
    text = json.dumps(document, ensure_ascii=False)
    source = parse("x.yaml", text)
    accepted = not source.problems and not [*check_shape(source)]
    try:
        load_catalogue("x.yaml", text)
    except CatalogueError:
        return accepted
    assert accepted
    return True


@settings(max_examples=400, deadline=None, derandomize=True)
@given(documents(SCHEMA, 60).filter(lambda document: not same_text_twice(document)))
@example({"catalogue": 1, "api": {"id": "x", "title": "X"}})
@example({"catalogue": True, "api": {"id": "x\n", "title": "X"}})
@example({"catalogue": 1, "api": {"id": "x", "title": "X"}, "responses": {"404": {"related": [600]}}})
@example({"catalogue": 1, "api": {"id": "x", "title": "X"}, "bodies": {"x": {"kind": "error", "problem": {}}}})
@example({"catalogue": 1, "api": {"id": "x", "title": "X"}, "bodies": {"x": {"kind": "error", "problems": ["A", "A"]}}})
def test_schema_and_loader_agree(document: Any) -> None:
    assert loader_accepts(document) == VALIDATOR.is_valid(document), [
        e.message for e in VALIDATOR.iter_errors(document)
    ]


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_schema_and_loader_agree_on_each_part(name: str, data: st.DataObject) -> None:
    """The same for each definition, with a stronger bend, put where a catalogue has it."""
    places: dict[str, Callable[[Any], dict[str, Any]]] = {
        "cell": lambda part: {"responses": {"404": {"for": {"x": part}}}},
        "statusResponse": lambda part: {"responses": {"404": part}},
        "operation": lambda part: {"operations": {"x": part}},
        "group": lambda part: {"groups": {"x": part}},
        "body": lambda part: {"bodies": {"x": part}},
        "problem": lambda part: {"problems": {"x": part}},
        "cause": lambda part: {"causes": {"x": part}},
        "remedy": lambda part: {"remedies": {"x": part}},
        "link": lambda part: {"links": {"x": part}},
        "server": lambda part: {"api": {"id": "x", "title": "X", "servers": [part]}},
        "causeRefs": lambda part: {"responses": {"404": {"causes": part}}},
        "remedyRefs": lambda part: {"responses": {"404": {"remedies": part}}},
        "problemRefs": lambda part: {"responses": {"404": {"problems": part}}},
        "headers": lambda part: {"responses": {"404": {"headers": part}}},
        "deprecated": lambda part: {"responses": {"404": {"deprecated": part}}},
        "related": lambda part: {"responses": {"404": {"related": part}}},
        "version": lambda part: {"responses": {"404": {"since": part}}},
        "client": lambda part: {"responses": {"404": {"client": part}}},
        "retryable": lambda part: {"responses": {"404": {"retryable": part}}},
        "api": lambda part: {"api": part},
        "notes": lambda part: {"notes": [part]},
    }
    where = places.get(name) or places["notes"]
    part = data.draw(documents(DEFINITIONS[name], 8))
    document = {"catalogue": 1, "api": {"id": "x", "title": "X"}, **where(part)}
    if not same_text_twice(document):
        assert loader_accepts(document) == VALIDATOR.is_valid(document), document


def every_schema(schema: Any) -> list[dict[str, Any]]:
    found = []
    stack = [("", schema)]
    while stack:
        under, value = stack.pop()
        if isinstance(value, list):
            stack.extend(("", item) for item in value)
        elif isinstance(value, dict):
            if under not in ("properties", "definitions"):
                found.append(value)
            stack.extend(value.items())
    return found


def test_the_schema_is_one_of_draft_07() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_every_property_has_a_description_for_editors() -> None:
    for schema in every_schema(SCHEMA):
        for name, value in schema.get("properties", {}).items():
            assert value.get("description") or resolved(value).get("description"), name


def test_nothing_of_the_schema_gives_the_messages_that_nobody_understands() -> None:
    for schema in every_schema(SCHEMA):
        assert not {"oneOf", "anyOf", "not", "if"} & schema.keys()
        assert "pattern" not in schema or schema["patternErrorMessage"]


def test_a_response_of_a_status_has_every_key_of_a_cell() -> None:
    cell, status = DEFINITIONS["cell"]["properties"], dict(DEFINITIONS["statusResponse"]["properties"])
    del status["for"]
    assert cell == status
