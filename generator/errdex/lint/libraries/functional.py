"""Operators as functions, and functions that call functions: `operator.eq`, `attrgetter`, `functools.reduce`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.values import Instance, Library, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

#: What makes a function of names, arguments or keys (Lib/operator.py).
MAKERS = frozenset({"operator.attrgetter", "operator.methodcaller", "operator.itemgetter"})


#: What does the work of a comparison, and of an operator between two values (Lib/operator.py).
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "eq": ast.Eq, "ne": ast.NotEq, "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE, "is_": ast.Is,
    "is_not": ast.IsNot,
}  # fmt: skip
_OPERATORS: dict[str, type[ast.operator]] = {
    "add": ast.Add, "concat": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "truediv": ast.Div, "floordiv": ast.FloorDiv,
    "mod": ast.Mod, "or_": ast.BitOr, "and_": ast.BitAnd, "xor": ast.BitXor, "rshift": ast.RShift,
}  # fmt: skip


def operate(walk: Walk, name: str, positional: list[object], place: Place) -> object:
    """Return what a function of `operator` gives, None where it is none that is known."""
    from errdex.lint.interpreter.attributes import item
    from errdex.lint.interpreter.comparisons import compare_values, known_truth, negated
    from errdex.lint.interpreter.expressions import apply as operated

    name = name.removeprefix("operator.")
    match name, positional:
        case "truth", [value]:
            return known_truth(walk, value, place)
        case "not_", [value]:
            answer = known_truth(walk, value, place)
            return negated(answer) if isinstance(answer, Unknown) else not answer
        case "contains", [container, value]:
            return compare_values(walk, place, ast.In(), value, container)
        case "getitem", [container, key]:
            return item(walk, container, key, place)
        case _, [left, right] if name in _COMPARISONS:
            return compare_values(walk, place, _COMPARISONS[name](), left, right)
        case _, [left, right] if name in _OPERATORS:
            return operated(_OPERATORS[name](), left, right)
        case _:
            return None


def make(name: str, positional: list[object], keywords: dict[str, object]) -> Instance:
    """Return the function that one of `MAKERS` makes."""
    return Instance(Library(name), {"__given__": Sequence("tuple", list(positional)), "__keywords__": keywords})


def apply(walk: Walk, made: Instance, positional: list[object], place: Place) -> object:
    """Call such a function."""
    from errdex.lint.interpreter.attributes import attribute, item
    from errdex.lint.interpreter.calls import call_value

    given, keywords = made.attributes["__given__"], made.attributes["__keywords__"]
    if not isinstance(given, Sequence) or not isinstance(keywords, dict) or not (positional and given.items):
        return Unknown()
    subject, names = positional[0], given.items
    if made.cls == Library("operator.methodcaller"):
        method = attribute(walk, subject, names[0], place) if isinstance(names[0], str) else Unknown()
        return call_value(walk, method, names[1:], keywords, place)
    if made.cls == Library("operator.itemgetter"):
        found = [item(walk, subject, name, place) for name in names]
    else:
        found = [_attribute(walk, subject, name, place) for name in names]
    return found[0] if len(found) == 1 else Sequence("tuple", found)


def _attribute(walk: Walk, subject: object, name: object, place: Place) -> object:
    """Return what a dotted name leads to."""
    from errdex.lint.interpreter.attributes import attribute

    for step in name.split(".") if isinstance(name, str) else ():
        subject = attribute(walk, subject, step, place)
    return subject if isinstance(name, str) else Unknown()


def reduce(walk: Walk, positional: list[object], place: Place) -> object:
    """Return `functools.reduce(function, iterable, initial)`; of unknown many items one stands for all."""
    from errdex.lint.interpreter.calls import call_value, iterate
    from errdex.lint.interpreter.machine import MOST_ROUNDS

    if len(positional) < 2:
        return Unknown()
    items, is_open = iterate(walk, positional[1], place)
    items = [*positional[2:3], *items] or [Unknown()]
    if is_open:
        items.append(Unknown("item"))
    result = items[0]
    for one in items[1:MOST_ROUNDS]:
        result = call_value(walk, positional[0], [result, one], {}, place)
    return result
