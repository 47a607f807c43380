"""Functions that call functions: `operator.attrgetter`, `methodcaller`, `itemgetter`, `functools.reduce`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.values import Instance, Library, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

#: What makes a function of names, arguments or keys (Lib/operator.py).
MAKERS = frozenset({"operator.attrgetter", "operator.methodcaller", "operator.itemgetter"})


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
