"""Python's built-in functions and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from errdex.lint import libraries
from errdex.lint.interpreter import strings
from errdex.lint.interpreter.attributes import attribute
from errdex.lint.interpreter.classes import ancestors, is_subclass, member
from errdex.lint.interpreter.comparisons import known_truth, plain
from errdex.lint.interpreter.machine import RaiseSignal
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Instance,
    Itself,
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


def call_builtin(  # noqa: PLR0915 - a table: one case for each built-in function
    walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call a built-in function or class."""
    from errdex.lint.interpreter.calls import call_value, iterate, run_deferred

    name = name.removeprefix("builtins.")
    first = positional[0] if positional else None
    if name in _CONTAINERS:
        items, is_open = iterate(walk, first, place) if positional else ([], False)
        items = items if is_open else _ordered(name, items, keywords)
        return Sequence(_CONTAINERS[name], items or ([Unknown()] if is_open else []), is_open=is_open)
    match name:
        case "identity" | "object.__init__":
            return first
        case "str" | "repr" | "format" | "ascii":
            return _text(walk, first) if positional else ""
        case "int" | "float":
            return _number(name, first)
        case "bool":
            return known_truth(walk, first, place)
        case "len":
            if isinstance(first, Sequence | Mapping) and not first.open:
                return len(first.items)
            return len(first) if isinstance(first, str) else Unknown(question=("len", Itself(first)))
        case "isinstance" | "issubclass":
            return _instance(walk, name, positional, place)
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
            return Mapping({**source.items, **Mapping(keywords).items}, is_open=source.open)
        case "getattr":
            return _getattr(walk, positional, place)
        case "hasattr":
            return _hasattr(walk, positional)
        case "setattr" if len(positional) == 3 and isinstance(positional[1], str):
            from errdex.lint.interpreter.assignment import set_attribute

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
            told = positional[1] if len(positional) > 1 else keywords.get("start")
            begin = told if isinstance(told, int) else 0
            numbered: list[object] = [
                Sequence("tuple", [begin + index, value])
                for index, value in enumerate(items or ([Unknown()] if is_open else []))
            ]
            return Sequence("list", numbered, is_open=is_open)
        case "zip":
            columns = [iterate(walk, value, place) for value in positional]
            rows = zip(*(items for items, _ in columns), strict=False)
            return Sequence("list", [Sequence("tuple", list(row)) for row in rows], is_open=any(o for _, o in columns))
        case "min" | "max" | "sum" | "abs" | "round" | "pow" | "divmod" | "hash" | "id" | "ord" | "chr" | "hex":
            return _arithmetic(walk, name, positional, place)
        case "exit" | "quit":
            raise RaiseSignal(Instance(Library("builtins.SystemExit"), {"args": Sequence("tuple", positional)}), place)
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
                from errdex.lint.libraries.responses import error_text

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
    return Unknown(name, question=(name, value.question if isinstance(value, Unknown) else Itself(value)))


def _instance(walk: Walk, name: str, positional: list[object], place: Place) -> object:
    from errdex.lint.interpreter.bodies import body_is
    from errdex.lint.interpreter.patterns import instance_of, note_class

    if len(positional) < 2:
        return Unknown()
    value, cls = positional[:2]
    if isinstance(value, Body) and name == "isinstance":
        answer = body_is(walk, value, cls, place)
    else:
        answer = is_subclass(value, cls) if name == "issubclass" else instance_of(walk, value, cls)
    note_class(walk, value, place, answer=answer)
    if answer is not None:
        return answer
    return Unknown(question=(name, value.question if isinstance(value, Unknown) else Itself(value), repr(cls)))


def _getattr(walk: Walk, positional: list[object], place: Place) -> object:
    if len(positional) < 2 or not isinstance(positional[1], str):
        return Unknown("getattr")
    owner, name = positional[:2]
    value = attribute(walk, owner, str(name), place)
    if isinstance(value, Unknown) and len(positional) > 2:
        if isinstance(owner, Response) or (isinstance(owner, Instance) and _lacks(owner, str(name))):
            return positional[2]
        value.default = positional[2]
    if owner is None and len(positional) > 2:
        return positional[2]
    return value


def _lacks(owner: Instance, name: str) -> bool:
    """Return whether an object has no such attribute for sure: nothing gives it one, and all of its bases are known."""
    return isinstance(owner.cls, Library) or (
        name not in owner.attributes
        and not any(member(owner.cls, one) for one in (name, "__getattr__", "__getattribute__"))
        and all(
            isinstance(one, Class) or (isinstance(one, Library) and libraries.is_modelled(one.name))
            for one in ancestors(owner.cls)
        )
    )


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
    from errdex.lint.values import Place

    return Place("", 0, 0, 0, 0)


def _quantified(walk: Walk, name: str, value: object, place: Place) -> object:
    from errdex.lint.interpreter.calls import iterate

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
    from errdex.lint.interpreter.calls import call_value, iterate

    if len(positional) < 2:
        return Unknown()
    items, is_open = iterate(walk, positional[1], place)
    values = [call_value(walk, positional[0], [value], {}, place) for value in (items or [Unknown()])]
    if name == "filter":
        told = items if positional[0] is None else values
        values = [value for value, keep in zip(items, told, strict=False) if keep or not _is_plain(keep)]
    return Sequence("list", values, is_open=is_open)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool | int | str)


def _ordered(name: str, items: list[object], keywords: dict[str, object]) -> list[object]:
    """Return items as `reversed` and `sorted` have them, numbers alone."""
    if name == "reversed":
        return items[::-1]
    numbers = [item for item in items if isinstance(item, int)]
    if name == "sorted" and "key" not in keywords and len(numbers) == len(items):
        return [*sorted(numbers, reverse=keywords.get("reverse") is True)]
    return items


def _arithmetic(walk: Walk, name: str, positional: list[object], place: Place) -> object:
    import builtins

    from errdex.lint.interpreter.calls import iterate

    if name in ("min", "max", "sum") and len(positional) == 1:
        positional, is_open = iterate(walk, positional[0], place)
        if is_open or not positional:
            return Unknown()
        return sum(positional) if name == "sum" and _are_numbers(positional) else _extreme(name, positional)
    if name in ("min", "max"):
        return _extreme(name, positional)
    if _are_numbers(positional) and name == "abs":
        return getattr(builtins, name)(*positional)
    if len(positional) == 1 and isinstance(positional[0], StatusValue) and name in ("abs", "round"):
        return positional[0]
    match name, positional:
        case "divmod", [StatusValue(value=int() as status) as first, int() as divisor] if divisor:
            parts = [StatusValue(number, first.response, exact=False) for number in divmod(status, divisor)]
            return Sequence("tuple", list(parts))
    return Unknown()


def _are_numbers(values: list[object]) -> TypeGuard[list[int | float]]:
    return bool(values) and all(isinstance(value, int | float) for value in values)


def _extreme(name: str, values: list[object]) -> object:
    """Return the smallest or the largest of the numbers; one that may be a status stands for a range of them."""
    numbers: list[object] = [value.value if isinstance(value, StatusValue) else value for value in values]
    if name == "sum" or not _are_numbers(numbers):
        return Unknown()
    found = min(numbers) if name == "min" else max(numbers)
    status = next((value for value in values if isinstance(value, StatusValue)), None)
    return found if status is None else StatusValue(found, status.response, exact=False)
