"""`match`: patterns against values, status by status."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter.assignment import bind
from errdex.lint.interpreter.attributes import attribute, lookup_key
from errdex.lint.interpreter.bodies import body_has, body_is
from errdex.lint.interpreter.calls import iterate
from errdex.lint.interpreter.classes import is_exception, is_subclass
from errdex.lint.interpreter.comparisons import compare_values, truth
from errdex.lint.interpreter.machine import evaluate, execute, executes, place_of
from errdex.lint.values import (
    Body,
    Class,
    Instance,
    Library,
    Mapping,
    Place,
    Response,
    Sequence,
    StatusValue,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import (
        Frame,
    )


@executes(ast.Match)
def match(walk: Walk, frame: Frame, node: ast.Match) -> None:
    """Walk the first case that matches."""
    subject = evaluate(walk, frame, node.subject)
    for case in node.cases:
        place = place_of(frame, case.pattern)
        answer = _matches(walk, frame, case.pattern, subject)
        if not truth(walk, answer, place):
            continue
        if case.guard is not None and not truth(walk, evaluate(walk, frame, case.guard), place_of(frame, case.guard)):
            continue
        execute(walk, frame, case.body)
        return


def _matches(walk: Walk, frame: Frame, pattern: ast.pattern, value: object) -> object:
    place = place_of(frame, pattern)
    match pattern:
        case ast.MatchValue():
            return compare_values(walk, place, ast.Eq(), value, evaluate(walk, frame, pattern.value))
        case ast.MatchSingleton():
            return compare_values(walk, place, ast.Is(), value, pattern.value)
        case ast.MatchOr():
            return _any(walk, frame, pattern, value)
        case ast.MatchAs():
            answer = True if pattern.pattern is None else _matches(walk, frame, pattern.pattern, value)
            if pattern.name is not None and answer is not False:
                bind(walk, frame, pattern.name, value)
            return answer
        case ast.MatchSequence():
            return _sequence(walk, frame, pattern, value)
        case ast.MatchMapping():
            return _mapping(walk, frame, pattern, value)
        case ast.MatchClass():
            return _class(walk, frame, pattern, value)
        case _:
            return Unknown()


def _any(walk: Walk, frame: Frame, pattern: ast.MatchOr, value: object) -> object:
    unknown: object = False
    for option in pattern.patterns:
        answer = _matches(walk, frame, option, value)
        if answer is True:
            return True
        if isinstance(answer, Unknown):
            unknown = answer
    return unknown


def _all(walk: Walk, answers: list[object]) -> object:
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def _sequence(walk: Walk, frame: Frame, pattern: ast.MatchSequence, value: object) -> object:
    if isinstance(value, Unknown):
        for inner in pattern.patterns:
            _matches(walk, frame, inner, Unknown())
        return Unknown()
    if not isinstance(value, Sequence):
        items, is_open = iterate(walk, value, place_of(frame, pattern)) if isinstance(value, Instance) else ([], False)
        if not items or is_open:
            return False
    else:
        items = value.items
    star = next((i for i, p in enumerate(pattern.patterns) if isinstance(p, ast.MatchStar)), None)
    if star is None and len(items) != len(pattern.patterns):
        return False
    if star is not None:
        after = len(pattern.patterns) - star - 1
        if len(items) < star + after:
            return False
        starred = pattern.patterns[star]
        if isinstance(starred, ast.MatchStar) and starred.name is not None:
            bind(walk, frame, starred.name, Sequence("list", items[star : len(items) - after]))
        pairs = [*zip(pattern.patterns[:star], items, strict=False)]
        pairs += zip(pattern.patterns[star + 1 :], items[len(items) - after :], strict=True)
    else:
        pairs = list(zip(pattern.patterns, items, strict=True))
    return _all(walk, [_matches(walk, frame, inner, item) for inner, item in pairs])


def _mapping(walk: Walk, frame: Frame, pattern: ast.MatchMapping, value: object) -> object:
    if not isinstance(value, Mapping):
        for inner in pattern.patterns:
            _matches(walk, frame, inner, Unknown())
        if pattern.rest is not None:
            bind(walk, frame, pattern.rest, Unknown())
        keys = [evaluate(walk, frame, key) for key in pattern.keys] if isinstance(value, Body) else []
        texts = [key for key in keys if isinstance(key, str)]
        if not isinstance(value, Body) or not texts or len(texts) < len(pattern.keys):
            return Unknown()
        return _all(walk, [body_has(walk, value, key, place_of(frame, pattern)) for key in texts])
    answers: list[object] = []
    for key_node, inner in zip(pattern.keys, pattern.patterns, strict=True):
        found, item = lookup_key(walk, value, evaluate(walk, frame, key_node), place_of(frame, pattern))
        answers.append(_matches(walk, frame, inner, item) if found else (Unknown() if value.open else False))
    return _all(walk, answers)


def _class(walk: Walk, frame: Frame, pattern: ast.MatchClass, value: object) -> object:
    cls = evaluate(walk, frame, pattern.cls)
    place = place_of(frame, pattern)
    answer = body_is(walk, value, cls, place) if isinstance(value, Body) else instance_of(walk, value, cls)
    note_class(walk, value, place, answer=answer)
    if answer is False:
        return False
    answers: list[object] = [True if answer else Unknown()]
    names = list(pattern.kwd_attrs)
    order = cls.namespace.get("__match_args__") if isinstance(cls, Class) else None
    fields = [name for name, _ in cls.fields] if isinstance(cls, Class) and cls.fields is not None else []
    positional = [n for n in order.items if isinstance(n, str)] if isinstance(order, Sequence) else fields
    if isinstance(cls, Library) and cls.name in ("builtins.int", "builtins.str") and pattern.patterns:
        answers.append(_matches(walk, frame, pattern.patterns[0], value))
    else:
        for index, inner in enumerate(pattern.patterns):
            held = attribute(walk, value, positional[index], place) if index < len(positional) else Unknown()
            answers.append(_matches(walk, frame, inner, held))
    for name, inner in zip(names, pattern.kwd_patterns, strict=True):
        answers.append(_matches(walk, frame, inner, attribute(walk, value, name, place)))
    return _all(walk, answers)


def note_class(walk: Walk, value: object, place: Place, *, answer: bool | None) -> None:
    """Record that an exception was asked for its class, which may tell one status from another."""
    held = value.attributes.get("__response__") if isinstance(value, Instance) else None
    if isinstance(held, Response):
        walk.test(place, held, frozenset(), answer, "class")


def instance_of(walk: Walk, value: object, cls: object) -> bool | None:
    """Return `isinstance(value, cls)`, None when that cannot be told."""
    if isinstance(cls, Sequence):
        answers = [instance_of(walk, value, one) for one in cls.items]
        return True if True in answers else None if None in answers else False
    if isinstance(value, Instance):
        return is_subclass(value.cls, cls)
    if isinstance(value, Unknown | Body | Text) and is_exception(cls):
        # What a call returned is taken for an exception only where it is known to be one (gather, futures).
        return False
    if isinstance(cls, Library) and cls.name.startswith("builtins."):
        kind = cls.name.removeprefix("builtins.")
        shape = _shape(value)
        if shape is None:
            return None
        return kind in (shape, "object") or (kind == "int" and shape == "bool")
    if isinstance(value, Response) and isinstance(cls, Library):
        return "Response" in cls.name
    if value is None:
        return False
    return None


def _shape(value: object) -> str | None:
    match value:
        case Sequence():
            return value.kind
        case Mapping():
            return "dict"
        case Text():
            return "str"
        case StatusValue():
            return type(value.value).__name__
        case None:
            return "NoneType"
        case bool() | int() | float() | str() | bytes():
            return type(value).__name__
        case Response() | Instance():
            return "object"
        case _:
            return None


_ = Place
