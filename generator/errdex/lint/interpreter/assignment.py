"""Assignment to names, attributes, items and patterns of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter.calls import iterate
from errdex.lint.interpreter.comparisons import plain
from errdex.lint.interpreter.machine import evaluate, place_of
from errdex.lint.values import Body, Class, Instance, Mapping, Response, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Frame


def assign(walk: Walk, frame: Frame, target: ast.expr, value: object) -> None:
    """Bind a value to an assignment target."""
    match target:
        case ast.Name():
            bind(walk, frame, target.id, value)
        case ast.Attribute():
            set_attribute(evaluate(walk, frame, target.value), target.attr, value)
        case ast.Subscript():
            _set_item(walk, frame, target, value)
        case ast.Tuple() | ast.List():
            _unpack(walk, frame, target.elts, value)
        case ast.Starred():
            assign(walk, frame, target.value, value)
        case _:
            return


def bind(walk: Walk, frame: Frame, name: str, value: object) -> None:
    """Bind a name where the function's `global` and `nonlocal` statements say."""
    if name in frame.globals:
        return
    if name in frame.nonlocals:
        scope = frame.parent
        while scope is not None and name not in scope.names:
            scope = scope.parent
        if scope is not None:
            scope.names[name] = value
            return
    if isinstance(value, Unknown) and not value.name:
        value.name = name
    frame.names[name] = value


def set_attribute(owner: object, name: str, value: object) -> None:
    """Set an attribute of an instance, a class or a response."""
    if isinstance(value, Unknown) and not value.name:
        value.name = name
    match owner:
        case Instance():
            if owner.changes is not None:
                owner.changes.append((owner, dict(owner.attributes)))
            owner.attributes[name] = value
        case Response():
            owner.attributes[name] = value
        case Class() if name not in owner.namespace:
            owner.namespace[name] = value


def _set_item(walk: Walk, frame: Frame, target: ast.Subscript, value: object) -> None:
    owner = evaluate(walk, frame, target.value)
    if isinstance(target.slice, ast.Slice):
        return
    key = plain(evaluate(walk, frame, target.slice))
    match owner:
        case Mapping() if not owner.frozen:
            try:
                owner.items[key] = value
            except TypeError:
                owner.open = True
        case Sequence() if isinstance(key, int) and -len(owner.items) <= key < len(owner.items) and not owner.frozen:
            owner.items[key] = value
        case Body(key="") if isinstance(key, str):
            # What the code puts into the body beside what was sent.
            owner.response.attributes[f"[{key}]"] = value


def _unpack(walk: Walk, frame: Frame, targets: list[ast.expr], value: object) -> None:
    items, is_open = iterate(walk, value, place_of(frame, targets[0])) if targets else ([], False)
    star = next((index for index, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    if star is not None:
        after = len(targets) - star - 1
        middle = items[star : len(items) - after] if len(items) >= star + after else []
        _unpack(walk, frame, targets[:star], Sequence("list", items[:star], is_open=is_open))
        assign(walk, frame, targets[star], Sequence("list", middle, is_open=is_open))
        _unpack(walk, frame, targets[star + 1 :], Sequence("list", items[len(items) - after :] if after else []))
        return
    for index, target in enumerate(targets):
        assign(walk, frame, target, items[index] if index < len(items) else Unknown())
