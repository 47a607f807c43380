"""Python's built-in functions and the methods of its own types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter import strings
from errdex.lint.interpreter.attributes import attribute, item, lookup_key
from errdex.lint.interpreter.classes import is_subclass
from errdex.lint.interpreter.comparisons import is_error_key, known_truth, negated, plain, truth
from errdex.lint.interpreter.machine import RaiseSignal
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Instance,
    Library,
    Mapping,
    Member,
    Method,
    Partial,
    Response,
    Sequence,
    Span,
    StatusValue,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

_CONTAINERS = {"list": "list", "tuple": "tuple", "set": "set", "frozenset": "set", "sorted": "list", "reversed": "list"}


def call_builtin(
    walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call a built-in function or class."""
    from errdex.lint.interpreter.calls import call_value, iterate, run_deferred  # noqa: PLC0415 - calls ask here

    name = name.removeprefix("builtins.")
    first = positional[0] if positional else None
    if name in _CONTAINERS:
        items, is_open = iterate(walk, first, place) if positional else ([], False)
        return Sequence(_CONTAINERS[name], items or ([Unknown()] if is_open else []), is_open=is_open)
    match name:
        case "identity" | "object.__init__":
            return first
        case "str" | "repr" | "format" | "ascii":
            return _text(walk, first) if positional else ""
        case "int" | "float":
            return _number(name, first)
        case "bool":
            answer = known_truth(walk, first, place)
            return answer
        case "len":
            if isinstance(first, Sequence | Mapping) and not first.open:
                return len(first.items)
            return len(first) if isinstance(first, str) else Unknown(question=("len", id(first)))
        case "isinstance" | "issubclass":
            return _instance(walk, name, positional)
        case "range":
            numbers = [n for n in positional if isinstance(n, int)]
            if len(numbers) != len(positional):
                return Sequence("list", [0], is_open=True)
            start, stop, step = (0, numbers[0], 1) if len(numbers) == 1 else (*numbers, 1)[:3]
            return Span(start, stop, step or 1)
        case "dict":
            source = first if isinstance(first, Mapping) else Mapping({}, is_open=bool(positional))
            if isinstance(first, Sequence):
                pairs = [pair.items for pair in first.items if isinstance(pair, Sequence) and len(pair.items) == 2]
                source = Mapping({plain(key): value for key, value in pairs if _hashable(plain(key))})
            return Mapping({**source.items, **keywords}, is_open=source.open)
        case "getattr":
            return _getattr(walk, positional, place)
        case "hasattr":
            return _hasattr(walk, positional)
        case "setattr" if len(positional) == 3 and isinstance(positional[1], str):
            from errdex.lint.interpreter.assignment import set_attribute  # noqa: PLC0415

            set_attribute(first, positional[1], positional[2])
            return None
        case "callable":
            return isinstance(first, Function | Method | Class | Partial | Library) or Unknown()
        case "type" if len(positional) == 1:
            return first.cls if isinstance(first, Instance | Member) else Unknown()
        case "any" | "all":
            return _quantified(walk, name, first, place)
        case "next" | "anext":
            if isinstance(first, Deferred) and not first.generator:
                return run_deferred(walk, first, place)
            items, is_open = iterate(walk, first, place)
            if items:
                return items[0]
            if len(positional) > 1:
                return positional[1] if not is_open else Unknown()
            return Unknown()
        case "iter" | "aiter" | "memoryview" | "vars" | "bytes" | "bytearray" | "staticmethod":
            return first
        case "map" | "filter":
            return _mapped(walk, name, positional, place)
        case "enumerate":
            items, is_open = iterate(walk, first, place)
            start = positional[1] if len(positional) > 1 else keywords.get("start", 0)
            begin = start if isinstance(start, int) else 0
            pairs: list[object] = [Sequence("tuple", [begin + i, value]) for i, value in enumerate(items)]
            if is_open and not pairs:
                pairs = [Sequence("tuple", [begin, Unknown()])]
            return Sequence("list", pairs, is_open=is_open)
        case "zip":
            columns = [iterate(walk, value, place) for value in positional]
            rows = zip(*(items for items, _ in columns), strict=False)
            return Sequence("list", [Sequence("tuple", list(row)) for row in rows], is_open=any(o for _, o in columns))
        case "min" | "max" | "sum" | "abs" | "round" | "pow" | "divmod" | "hash" | "id" | "ord" | "chr" | "hex":
            return _arithmetic(name, positional)
        case "exit" | "quit":
            raise RaiseSignal(Instance(Library("builtins.SystemExit")), place)
        case "print" | "input" | "open" | "dir":
            return Unknown(name)
        case "property":
            return first
        case "object":
            return Instance(Library("builtins.object"))
        case _:
            _ = call_value
            return Unknown(name)


def _hashable(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bytes | bool)


def _text(walk: Walk, value: object) -> object:
    match value:
        case StatusValue():
            return StatusValue(str(value.value), value.response, value.exact, integer=False)
        case Member():
            return _text(walk, value.value)
        case Instance():
            held = value.attributes.get("__response__")
            if isinstance(held, Response):
                from errdex.lint.libraries.responses import error_text  # noqa: PLC0415

                return error_text(held)
            if "__url__" in value.attributes:
                return value.attributes["__url__"]
            arguments = value.attributes.get("args")
            if isinstance(arguments, Sequence) and len(arguments.items) == 1:
                return _text(walk, arguments.items[0])
            return Unknown("text")
        case Body():
            return value
        case _ if value is None or isinstance(value, str | int | float | Text | Unknown):
            return strings.text_of(strings.parts_of(value))
        case _:
            return Unknown("text")


def _number(name: str, value: object) -> object:
    value = plain(value)
    if isinstance(value, StatusValue):
        try:
            return StatusValue(int(value.value) if name == "int" else float(value.value), value.response, value.exact)
        except ValueError:
            return Unknown()
    if isinstance(value, str | int | float):
        try:
            return int(value) if name == "int" else float(value)
        except (ValueError, OverflowError):
            return Unknown()
    return Unknown(name, question=(name, value.question if isinstance(value, Unknown) else id(value)))


def _instance(walk: Walk, name: str, positional: list[object]) -> object:
    from errdex.lint.interpreter.patterns import instance_of  # noqa: PLC0415

    if len(positional) < 2:
        return Unknown()
    value, cls = positional[:2]
    answer = is_subclass(value, cls) if name == "issubclass" else instance_of(walk, value, cls)
    if answer is not None:
        return answer
    return Unknown(question=(name, value.question if isinstance(value, Unknown) else id(value), repr(cls)))


def _getattr(walk: Walk, positional: list[object], place: Place) -> object:
    if len(positional) < 2 or not isinstance(positional[1], str):
        return Unknown()
    owner, name = positional[:2]
    value = attribute(walk, owner, str(name), place)
    if isinstance(value, Unknown) and len(positional) > 2:
        if isinstance(owner, Response) or (isinstance(owner, Instance) and isinstance(owner.cls, Library)):
            return positional[2]
        value.default = positional[2]
    if owner is None and len(positional) > 2:
        return positional[2]
    return value


def _hasattr(walk: Walk, positional: list[object]) -> object:
    if len(positional) == 2 and isinstance(positional[1], str):
        owner, name = positional
        if isinstance(owner, Instance) and name in owner.attributes:
            return owner.attributes[name] is not None or True
        if isinstance(owner, Response):
            known = libraries.response_attribute(walk, owner, str(name), place=_nowhere())
            return not isinstance(known, Unknown) or known.name == "status"
    return Unknown()


def _nowhere() -> Place:
    from errdex.lint.values import Place  # noqa: PLC0415

    return Place("", 0, 0, 0, 0)


def _quantified(walk: Walk, name: str, value: object, place: Place) -> object:
    from errdex.lint.interpreter.calls import iterate  # noqa: PLC0415

    items, is_open = iterate(walk, value, place)
    unknown: object = Unknown() if is_open else None
    for one in items:
        answer = known_truth(walk, one, place)
        if isinstance(answer, Unknown):
            unknown = answer
        elif answer == (name == "any"):
            return name == "any"
    return unknown if unknown is not None else name == "all"


def _mapped(walk: Walk, name: str, positional: list[object], place: Place) -> object:
    from errdex.lint.interpreter.calls import call_value, iterate  # noqa: PLC0415

    if len(positional) < 2:
        return Unknown()
    items, is_open = iterate(walk, positional[1], place)
    values = [call_value(walk, positional[0], [value], {}, place) for value in (items or [Unknown()])]
    if name == "filter":
        values = [value for value, keep in zip(items, values, strict=False) if keep is not False]
    return Sequence("list", values, is_open=is_open)


def _arithmetic(name: str, positional: list[object]) -> object:
    import builtins  # noqa: PLC0415

    if positional and all(isinstance(value, int | float) for value in positional) and name in ("min", "max", "abs"):
        return getattr(builtins, name)(*positional)
    if len(positional) == 1 and isinstance(positional[0], StatusValue) and name in ("abs", "round"):
        return positional[0]
    return Unknown()


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
            return strings.format_text(receiver, [], named, lambda v, k: attribute(walk, v, k, place), lambda v, k: v)
        if method == "join" and positional and not isinstance(positional[0], Sequence):
            from errdex.lint.interpreter.calls import iterate  # noqa: PLC0415

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
                value.items.append(positional[-1] if positional else None)
            return None
        case "pop" | "popleft":
            if value.items and not value.frozen:
                return value.items.pop(0 if method == "popleft" or first == 0 else -1)
            return value.items[-1] if value.items else Unknown()
        case "copy":
            return Sequence(value.kind, list(value.items), is_open=value.open)
        case "union":
            return Sequence(value.kind, [*value.items, *(first.items if isinstance(first, Sequence) else [])])
        case "index" | "count":
            return Unknown(method)
        case "clear":
            if not value.frozen:
                value.items.clear()
            return None
        case "__contains__":
            from errdex.lint.interpreter.comparisons import contains  # noqa: PLC0415

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
            return Sequence("list", list(value.items), is_open=value.open)
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
            from errdex.lint.interpreter.comparisons import contains  # noqa: PLC0415

            return contains(walk, place, first, value)
        case _:
            return Unknown(method)


def _body_method(walk: Walk, value: Body, method: str, positional: list[object], place: Place) -> object:
    first = positional[0] if positional else None
    match method:
        case "get" | "pop":
            key = first if isinstance(first, str) else value.key
            if len(positional) > 1 and isinstance(first, str) and is_error_key(first) and value.response.status is not None:
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


_ = negated
