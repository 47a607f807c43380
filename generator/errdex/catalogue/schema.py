"""The shape of a catalogue, checked as `schema.json` says it.

The JSON Schema is the one definition: editors read it as it is, and this module turns the subset of
draft-07 that it uses into rules and holds a tree of nodes against them, so that every fault has a place and
words of its own. The subset has no `oneOf`: where text and a mapping are both allowed, `type` lists both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from errdex.catalogue.source import Mapping, Scalar, Sequence, as_read, kind_of
from errdex.catalogue.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.source import Node, Source
    from errdex.errors import Location, Problem

SCHEMA_FILE = "schema.json"
_WANTED = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_KEYWORDS = frozenset(
    "$ref $schema $id title description type enum pattern patternErrorMessage minLength maxLength minimum maximum properties "
    "required additionalProperties propertyNames minProperties items minItems uniqueItems definitions".split()
)


def schema_text() -> str:
    """Return the JSON Schema of the format as it is shipped."""
    from pathlib import Path

    return Path(__file__).with_name(SCHEMA_FILE).read_text(encoding="utf-8")


class Rule:
    """One schema of the document, ready to be held against nodes."""

    __slots__ = (
        "additional", "enum", "items", "keys", "max_length", "maximum", "min_items", "min_length", "min_properties",
        "minimum", "noun", "pattern", "pattern_says", "properties", "required", "types", "unique",
    )  # fmt: skip

    def __init__(self, schema: dict[str, Any]) -> None:
        unknown = schema.keys() - _KEYWORDS
        if unknown:
            raise ValueError(f"schema.json uses {sorted(unknown)}, which no rule checks")
        types = schema["type"]
        self.types: tuple[str, ...] = (types,) if isinstance(types, str) else tuple(types)
        self.noun: str = schema.get("title", "")
        self.enum: tuple[str, ...] = tuple(map(str, schema.get("enum", ())))
        # ECMA's `$` is Python's `\Z`: Python's own `$` lets a newline follow.
        pattern = re.sub(r"\$\Z", r"\\Z", schema.get("pattern", ""))
        self.pattern: re.Pattern[str] | None = re.compile(pattern) if pattern else None
        self.pattern_says: str = schema.get("patternErrorMessage", "")
        self.min_length: int = schema.get("minLength", 0)
        self.max_length: int = schema.get("maxLength", 0)
        self.minimum: int | None = schema.get("minimum")
        self.maximum: int | None = schema.get("maximum")
        self.required: tuple[str, ...] = tuple(schema.get("required", ()))
        self.min_properties: int = schema.get("minProperties", 0)
        self.min_items: int = schema.get("minItems", 0)
        self.unique: bool = schema.get("uniqueItems", False)
        self.properties: dict[str, Rule] = {}
        self.additional: Rule | None = None
        self.keys: Rule | None = None
        self.items: Rule | None = None


@cache
def format_rule() -> Rule:
    """Return the rule of a whole catalogue."""
    import json

    document = json.loads(schema_text())
    definitions: dict[str, Any] = document["definitions"]
    named: dict[str, Rule] = {}

    def rule_of(schema: dict[str, Any]) -> Rule:
        reference = schema.get("$ref", "").removeprefix("#/definitions/")
        if not reference:
            return complete(Rule(schema), schema)
        if reference not in named:
            named[reference] = Rule(definitions[reference])
            complete(named[reference], definitions[reference])
        return named[reference]

    def complete(rule: Rule, schema: dict[str, Any]) -> Rule:
        rule.properties = {name: rule_of(value) for name, value in schema.get("properties", {}).items()}
        additional = schema.get("additionalProperties")
        rule.additional = rule_of(additional) if additional else None
        rule.keys = rule_of(schema["propertyNames"]) if "propertyNames" in schema else None
        rule.items = rule_of(schema["items"]) if "items" in schema else None
        return rule

    return rule_of(document)


def check_shape(source: Source, *, optional: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Yield what the tree of `source` has that the schema does not allow, `optional` names root keys that may lack."""
    if source.root is None:
        return
    root = format_rule()
    stack: list[tuple[Rule, Node, Scalar | None]] = [(root, source.root, None)]
    while stack:
        rule, node, key = stack.pop()
        kind = type(node)
        if kind is Scalar:
            if rule.types == ("string",) and node.plain is False and rule.pattern is None and not rule.enum:  # type: ignore[union-attr]
                if node.text or not rule.min_length:  # type: ignore[union-attr]
                    continue
            for message in _scalar_faults(rule, node, key):  # type: ignore[arg-type]
                yield source.problem(node.location, message)
        elif kind is Mapping:
            if "object" not in rule.types:
                yield _wrong_type(source, rule, node, key, "a mapping")
                continue
            entries = node.entries  # type: ignore[union-attr]
            properties, additional = rule.properties, rule.additional
            for name, (name_node, value) in entries.items():
                value_rule = properties.get(name) or additional
                if value_rule is None:
                    where = f" in {rule.noun}" if rule.noun else ""
                    message = f"unknown key '{name}'{where}{suggestion(name, properties)}"
                    yield source.problem(name_node.location, message)
                    continue
                if rule.keys is not None:
                    for message in _text_faults(rule.keys, name, None):
                        yield source.problem(name_node.location, message)
                stack.append((value_rule, value, name_node))
            for name in rule.required:
                if name not in entries and not (rule is root and name in optional):
                    at = key.location if key else node.location
                    yield source.problem(at, f"{_subject(rule, key)} has no '{name}'")
            if len(entries) < rule.min_properties:
                yield source.problem(node.location, f"{_subject(rule, key)} is empty", 1)
        else:
            if "array" not in rule.types:
                yield _wrong_type(source, rule, node, key, "a list")
                continue
            assert isinstance(node, Sequence)
            if len(node.items) < rule.min_items:
                yield source.problem(node.location, f"{_subject(rule, key)} is empty", 1)
            if rule.unique:
                yield from _repeated(source, node)
            if rule.items is not None:
                stack.extend((rule.items, item, key) for item in node.items)


def _wrong_type(source: Source, rule: Rule, node: Node, key: Scalar | None, found: str) -> Problem:
    return source.problem(node.location, f"{_subject(rule, key)} is {found}, not {_wanted(rule)}", 1)


def _subject(rule: Rule, key: Scalar | None) -> str:
    return f"'{key.text}'" if key else rule.noun


def _wanted(rule: Rule) -> str:
    return " or ".join(dict.fromkeys(_WANTED[name] for name in rule.types))


def _repeated(source: Source, node: Sequence) -> Iterator[Problem]:
    seen: dict[str, Location] = {}
    for item in node.items:
        if not isinstance(item, Scalar):
            continue
        first = seen.setdefault(item.text, item.location)
        if first is not item.location:
            yield source.problem(item.location, f"'{item.text}' is listed twice, first in line {first.line}")


def _scalar_faults(rule: Rule, node: Scalar, key: Scalar | None) -> Iterator[str]:
    types, text = rule.types, node.text
    kind = kind_of(node)
    if kind == "text":
        if "string" in types:
            yield from _text_faults(rule, text, key)
        else:
            yield f"{_subject(rule, key)} is text, not {_wanted(rule)}"
    elif kind == "null":
        yield f"{_subject(rule, key)} {as_read(node) if not text else 'is null'}, not {_wanted(rule)}".replace(
            "has no value, not", "has no value: it takes"
        )
    elif kind == "boolean" and "boolean" in types:
        return
    elif kind == "integer" and ("integer" in types or "number" in types):
        yield from _number_faults(rule, text, key)
    elif kind == "number" and "number" in types:
        yield from _number_faults(rule, text, key)
    elif kind == "ambiguous":
        yield f"{_subject(rule, key)}: {as_read(node)}"
    else:
        yield f"{_subject(rule, key)}: {as_read(node)}, not {_wanted(rule)}"


def _number_faults(rule: Rule, text: str, key: Scalar | None) -> Iterator[str]:
    if len(text) > 18:
        yield f"{_subject(rule, key)} is a number of {len(text)} digits"
        return
    value = int(text) if re.fullmatch(r"[-+]?[0-9]+", text) else float(text)
    if "string" in rule.types and str(value) != text:
        yield f"{_subject(rule, key)}: {text} without quotes is the number {value}"
    elif rule.enum and str(value) not in rule.enum:
        yield f"{_subject(rule, key)} is {text}, not {' or '.join(rule.enum)}"
    elif (rule.minimum is not None and value < rule.minimum) or (rule.maximum is not None and value > rule.maximum):
        yield f"'{text}' is not {rule.pattern_says}"


def _text_faults(rule: Rule, text: str, key: Scalar | None) -> Iterator[str]:
    if rule.enum and text not in rule.enum:
        listed = ", ".join(f"'{value}'" for value in rule.enum)
        yield f"{_subject(rule, key)} is '{_short(text)}', none of {listed}{suggestion(text, rule.enum)}"
    elif len(text) < rule.min_length or (not text.strip() and rule.pattern is not None):
        yield f"{_subject(rule, key) or 'a key'} is empty"
    elif rule.max_length and len(text) > rule.max_length:
        yield f"'{_short(text)}' has {len(text)} characters, more than {rule.max_length}"
    elif rule.pattern is not None and not rule.pattern.search(text):
        yield f"'{_short(text)}' is not {rule.pattern_says}{_respelled(rule.pattern, text)}"


def _respelled(pattern: re.Pattern[str], text: str) -> str:
    """Return the text in another spelling if the pattern takes that."""
    first, space, rest = text.strip().partition(" ")
    dashed = re.sub(r"[^A-Za-z0-9.]+", "-", text[:100]).strip("-").lower()
    for spelling in (text.strip(), text.upper(), text.lower(), first.upper() + space + rest, dashed):
        if spelling != text and pattern.search(spelling):
            return f"; did you mean '{spelling}'?"
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
