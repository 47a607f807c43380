"""Methods of Python's own types: strings, texts of a status, lists, dicts, and bodies as such."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter import sets, strings
from errdex.lint.interpreter.attributes import attribute, item, lookup_key
from errdex.lint.interpreter.bodies import is_error_key
from errdex.lint.interpreter.comparisons import contains, plain, truth
from errdex.lint.interpreter.machine import RaiseSignal
from errdex.lint.values import Body, Instance, Library, Mapping, Sequence, StatusValue, Text, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place


def call_method(
    walk: Walk, name: str, receiver: object, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call a method of a string, list, dict or body."""
    kind, _, method = name.partition(".")
    if kind == "str" and isinstance(receiver, str | Text):
        if method == "format":
            return strings.format_text(
                receiver,
                positional,
                keywords,
                lambda value, key: attribute(walk, value, key, place),
                lambda value, key: _item(walk, value, key, place),
            )
        if method == "format_map" and positional and isinstance(positional[0], Mapping):
            named = {str(key): value for key, value in positional[0].items.items()}
            return strings.format_text(receiver, [], named, lambda v, k: attribute(walk, v, k, place), lambda v, _: v)
        if method == "join" and positional and not isinstance(positional[0], Sequence):
            from errdex.lint.interpreter.calls import iterate

            items, is_open = iterate(walk, positional[0], place)
            positional = [Sequence("list", items, is_open=is_open)]
        return strings.method(method, receiver, positional, keywords)
    if kind == "text" and isinstance(receiver, StatusValue):
        return _status_text(walk, receiver, method, positional, place)
    if kind == "list" and isinstance(receiver, Sequence):
        return _list_method(walk, receiver, method, positional, place)
    if kind == "dict" and isinstance(receiver, Mapping):
        return _dict_method(walk, receiver, method, positional, keywords, place)
    if kind == "body" and isinstance(receiver, Body):
        return _body_method(walk, receiver, method, positional, place)
    return Unknown(method)


def _item(walk: Walk, value: object, key: object, place: Place) -> object:
    try:
        return item(walk, value, int(key) if isinstance(key, str) and key.isdigit() else key, place)
    except RaiseSignal:
        return Unknown()


def _status_text(walk: Walk, value: StatusValue, method: str, positional: list[object], place: Place) -> object:
    text, first = str(value.value), positional[0] if positional else None
    options = first.items if isinstance(first, Sequence) else [first]
    if method in ("startswith", "endswith") and all(isinstance(option, str) for option in options):
        answer = any(getattr(text, method)(option) for option in options)
        whole = [int(o) for o in options if isinstance(o, str) and len(o) == 3 and o.isdigit()]
        walk.test(place, value.response, frozenset(whole), answer, "value" if whole else "range")
        return answer
    if method == "isdigit":
        return text.isdigit()
    if method in ("strip", "lower", "upper"):
        return value
    return Unknown(method)


def _list_method(walk: Walk, value: Sequence, method: str, positional: list[object], place: Place) -> object:
    first = positional[0] if positional else None
    match method:
        case "append" | "add" | "appendleft":
            if not value.frozen:
                value.items.append(first)
            return None
        case "extend" | "update":
            if not value.frozen:
                if isinstance(first, Sequence):
                    value.items.extend(first.items)
                    value.open = value.open or first.open
                else:
                    value.items.append(first)
                    value.open = True
            return None
        case "insert":
            if not value.frozen:
                place_of_it = first if isinstance(first, int) else len(value.items)
                value.items.insert(place_of_it, positional[-1] if positional else None)
            return None
        case "pop" | "popleft":
            at = 0 if method == "popleft" else first if isinstance(first, int) else -1
            if not -len(value.items) <= at < len(value.items):
                return Unknown()
            return value.items[at] if value.frozen else value.items.pop(at)
        case "remove" | "discard" if isinstance(first, str | int) and not value.open:
            if not value.frozen and first in value.items:
                value.items.remove(first)
            return None
        case "copy":
            return Sequence(value.kind, list(value.items), is_open=value.open)
        case "isdisjoint" if isinstance(first, Sequence):
            return sets.disjoint(walk, place, value, first)
        case _ if method in sets.OPERATORS and value.kind == "set" and isinstance(first, Sequence):
            op = sets.OPERATORS[method]
            if isinstance(op, ast.operator):
                return sets.combine(walk, place, op, value, first)
            return sets.relate(walk, place, op, value, first)
        case "index" | "count":
            return Unknown(method)
        case "clear":
            if not value.frozen:
                value.items.clear()
            return None
        case "__contains__":
            return contains(walk, place, first, value)
        case _:
            return Unknown(method)


def _dict_method(
    walk: Walk, value: Mapping, method: str, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    first = positional[0] if positional else None
    match method:
        case "get" | "pop" | "setdefault":
            key = first if isinstance(first, StatusValue) else plain(first)
            found, held = lookup_key(walk, value, key, place)
            default = positional[1] if len(positional) > 1 else keywords.get("default")
            if not found and (value.open or isinstance(key, Unknown | Text)):
                return Unknown(key if isinstance(key, str) else "", default=default)
            if not found and method == "pop" and len(positional) < 2:
                raise RaiseSignal(Instance(Library("builtins.KeyError")), place)
            if found and method == "pop" and not value.frozen and not isinstance(key, StatusValue):
                value.items.pop(key, None)
            if not found and method == "setdefault" and not value.frozen:
                value.items[key] = default
            return held if found else default
        case "items":
            pairs: list[object] = [Sequence("tuple", [key, held]) for key, held in value.items.items()]
            return Sequence("list", pairs, is_open=value.open)
        case "keys":
            return Sequence("set", list(value.items), is_open=value.open)
        case "values":
            return Sequence("list", list(value.items.values()), is_open=value.open)
        case "update":
            if not value.frozen:
                if isinstance(first, Mapping):
                    value.items.update(first.items)
                elif positional:
                    value.open = True
                value.items.update(keywords)
            return None
        case "copy":
            return Mapping(dict(value.items), is_open=value.open)
        case "__contains__":
            return contains(walk, place, first, value)
        case _:
            return Unknown(method)


def _body_method(walk: Walk, value: Body, method: str, positional: list[object], place: Place) -> object:
    first = positional[0] if positional else None
    match method:
        case "get" | "pop":
            key = first if isinstance(first, str) else value.key
            if not value.key and f"[{first}]" in value.response.attributes:
                return value.response.attributes[f"[{first}]"]
            if (
                len(positional) > 1
                and isinstance(first, str)
                and is_error_key(first)
                and value.response.status is not None
            ):
                held = truth(walk, Body(value.response, first), place)
                return Body(value.response, first) if held else positional[1]
            return Body(value.response, key)
        case "items":
            return Sequence("list", [Sequence("tuple", [Unknown(), value])], is_open=True)
        case "keys" | "values" | "findall" | "iter" | "splitlines" | "split":
            return Sequence("list", [Body(value.response, value.key or "item")], is_open=True)
        case "decode" | "strip" | "lower" | "json" | "read" | "find" | "encode" | "upper":
            return value
        case _:
            return Unknown(method)
