"""The shape of a catalogue, checked as `schema.json` says it.

The JSON Schema is the one definition: editors read it as it is, and this module turns the subset of
draft-07 that it uses into rules and holds a tree of nodes against them, so that every fault has a place and
words of its own. The subset has no `oneOf`: where text and a mapping are both allowed, `type` lists both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from errdex.catalogue.nodes import Mapping, Scalar, Sequence, as_read, kind_of, short, surely_text
from errdex.catalogue.suggest import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.nodes import Node
    from errdex.catalogue.source import Source
    from errdex.errors import Problem

SCHEMA_FILE = "schema.json"
_WANTED = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_KINDS_OF_KEYS = ("text", "integer")
_KEYWORDS = frozenset({
    "$id", "$ref", "$schema", "additionalProperties", "definitions", "description", "enum", "items", "maxLength",
    "maximum", "minItems", "minLength", "minProperties", "minimum", "pattern", "patternErrorMessage", "properties",
    "propertyNames", "required", "title", "type", "uniqueItems",
})  # fmt: skip


def schema_text() -> str:
    """Return the JSON Schema of the format as it is shipped."""
    from pathlib import Path

    return Path(__file__).with_name(SCHEMA_FILE).read_text(encoding="utf-8")


class Rule:
    """One schema of the document, ready to be held against nodes."""

    __slots__ = (
        "additional", "allowed", "enum", "items", "keys", "max_length", "maximum", "min_items", "min_length",
        "min_properties", "minimum", "noun", "pattern", "pattern_says", "plain", "properties", "required", "takes_list",
        "takes_mapping", "takes_text", "types", "unique",
    )  # fmt: skip

    def __init__(self, schema: dict[str, Any]) -> None:
        unknown = schema.keys() - _KEYWORDS
        if unknown:
            raise ValueError(f"schema.json uses {sorted(unknown)}, which no rule checks")
        types = schema["type"]
        self.types: tuple[str, ...] = (types,) if isinstance(types, str) else tuple(types)
        self.takes_text = "string" in self.types
        self.takes_mapping = "object" in self.types
        self.takes_list = "array" in self.types
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
        # The same ids, names and words come again and again.
        self.allowed: set[str] = set()
        """Texts that `allows` has allowed before."""
        self.plain: set[str] = set()
        """Scalars without quotes that had no fault before."""

    def allows(self, text: str) -> bool:
        """Tell whether a text has the length and the form that the rule asks for."""
        if text in self.allowed:
            return True
        if len(text) < self.min_length or (self.max_length and len(text) > self.max_length):
            return False
        if (self.enum and text not in self.enum) or (self.pattern is not None and not self.pattern.search(text)):
            return False
        if len(text) < 50:
            self.allowed.add(text)
        return True


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
    """Yield what the schema does not allow in the tree of `source`; keys of the root in `optional` may be missing."""
    if source.root is None:
        return
    root = format_rule()
    stack: list[tuple[Rule, Node, Scalar | None]] = [(root, source.root, None)]
    pop, push = stack.pop, stack.append
    while stack:
        rule, node, key = pop()
        if isinstance(node, Scalar):
            text = node.text
            if (node.plain and text in rule.plain) or (rule.takes_text and surely_text(node) and rule.allows(text)):
                continue
            faults = [*_scalar_faults(rule, node, key)]
            for message in faults:
                yield source.problem(node.location, message)
            if not faults and node.plain and len(text) < 20:
                rule.plain.add(text)
        elif isinstance(node, Mapping):
            if not rule.takes_mapping:
                yield _wrong_type(source, rule, node, key)
                continue
            entries = node.entries
            for name, (name_node, value) in entries.items():
                value_rule = rule.properties.get(name)
                if value_rule is None:
                    if kind_of(name_node) not in _KINDS_OF_KEYS:  # reported when it was read
                        continue
                    value_rule = rule.additional
                if value_rule is None:
                    message = f"unknown key '{short(name)}' in {rule.noun}{suggestion(name, rule.properties)}"
                    yield source.problem(name_node.location, message)
                    continue
                if rule.keys is not None and not rule.keys.allows(name):
                    for message in _text_faults(rule.keys, name, None):
                        yield source.problem(name_node.location, message)
                push((value_rule, value, name_node))
            for name in rule.required:
                if name not in entries and not (rule is root and name in optional):
                    at = key.location if key else node.location
                    yield source.problem(at, f"{_subject(rule, key)} has no '{name}'")
            if len(entries) < rule.min_properties:
                yield source.problem(node.location, f"{_subject(rule, key)} is empty", 1)
        elif isinstance(node, Sequence):
            if not rule.takes_list:
                yield _wrong_type(source, rule, node, key)
                continue
            if len(node.items) < rule.min_items:
                yield source.problem(node.location, f"{_subject(rule, key)} is empty", 1)
            if rule.unique:
                yield from _repeated(source, node)
            if rule.items is not None:
                stack.extend([(rule.items, item, None) for item in node.items])


def _wrong_type(source: Source, rule: Rule, node: Mapping | Sequence, key: Scalar | None) -> Problem:
    found = "a mapping" if isinstance(node, Mapping) else "a list"
    return source.problem(node.location, f"{_subject(rule, key)} is {found}, not {_wanted(rule)}", 1)


def _subject(rule: Rule, key: Scalar | None) -> str:
    return f"'{key.text}'" if key else rule.noun


def _wanted(rule: Rule) -> str:
    return " or ".join(dict.fromkeys(_WANTED[name] for name in rule.types))


def _repeated(source: Source, node: Sequence) -> Iterator[Problem]:
    seen: dict[str, Scalar] = {}
    for item in node.items:
        if isinstance(item, Scalar):
            first = seen.setdefault(item.text, item)
            if first is not item:
                where = f"first in line {first.location.line}"
                yield source.problem(item.location, f"'{short(item.text)}' is listed twice, {where}")


def _scalar_faults(rule: Rule, node: Scalar, key: Scalar | None) -> Iterator[str]:
    types, text = rule.types, node.text
    kind = kind_of(node)
    if kind == "text":
        if "string" in types:
            yield from _text_faults(rule, text, key)
        else:
            yield f"{_subject(rule, key)} is text, not {_wanted(rule)}"
    elif kind == "null":
        yield f"{_subject(rule, key)}: '{text}' is null" if text else f"{_subject(rule, key)} has no value"
    elif kind == "boolean" and kind in types:
        return
    elif kind in types or (kind == "integer" and "number" in types):
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
        yield f"{_subject(rule, key)} is '{short(text)}', none of {listed}{suggestion(text, rule.enum)}"
    elif len(text) < rule.min_length or (not text.strip() and rule.pattern is not None):
        yield f"{_subject(rule, key) or 'a key'} is empty"
    elif rule.max_length and len(text) > rule.max_length:
        yield f"'{short(text)}' has {len(text)} characters, more than {rule.max_length}"
    elif rule.pattern is not None and not rule.pattern.search(text):
        yield f"'{short(text)}' is not {rule.pattern_says}{_respelled(rule.pattern, text)}"


def _respelled(pattern: re.Pattern[str], text: str) -> str:
    """Return the text in another spelling if the pattern takes that."""
    first, space, rest = text.strip().partition(" ")
    dashed = re.sub(r"[^A-Za-z0-9.]+", "-", text[:100]).strip("-").lower()
    for spelling in (text.strip(), first.upper() + space + rest, text.lower(), dashed):
        if spelling != text and pattern.search(spelling):
            return f"; did you mean '{spelling}'?"
    return ""
