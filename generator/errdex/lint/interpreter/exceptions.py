"""`try` and what takes exceptions in its place: handlers, `except*`, `suppress`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter.assignment import bind
from errdex.lint.interpreter.classes import catches, is_subclass
from errdex.lint.interpreter.machine import (
    BreakSignal,
    Catch,
    ContinueSignal,
    RaiseSignal,
    ReturnSignal,
    Test,
    evaluate,
    execute,
    executes,
    place_of,
)
from errdex.lint.values import Class, Instance, Library, Sequence, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Frame, Place

_EVERYTHING = Sequence("tuple", [Library("builtins.BaseException")])
_BROAD = (Library("builtins.Exception"), Library("builtins.BaseException"))


@executes(ast.Try, ast.TryStar)
def try_(walk: Walk, frame: Frame, node: ast.Try | ast.TryStar) -> None:
    """Walk the body, the handler that takes what it raises, `else` and `finally`."""
    handled = [_handled(walk, frame, handler) for handler in node.handlers]
    try:
        chosen = 0
        if walk.explores_handlers and node.handlers:
            chosen = walk.choose(place_of(frame, node), 1 + len(node.handlers))
        if chosen:
            _enter_anyway(walk, frame, node, node.handlers[chosen - 1], handled[chosen - 1])
        else:
            _body(walk, frame, node, handled)
    finally:
        with walk.on_leaving():
            execute(walk, frame, node.finalbody)


def _handled(walk: Walk, frame: Frame, handler: ast.ExceptHandler) -> object:
    if handler.type is None:
        return _EVERYTHING
    try:
        value = evaluate(walk, frame, handler.type)
    except RaiseSignal:
        return Unknown()
    return value if isinstance(value, Sequence) else Sequence("tuple", [value])


def _body(walk: Walk, frame: Frame, node: ast.Try | ast.TryStar, handled: list[object]) -> None:
    walk.handlers.extend(handled)
    try:
        execute(walk, frame, node.body)
    except RaiseSignal as signal:
        _unstack(walk, handled)
        handled = []
        if isinstance(node, ast.TryStar):
            _sort(walk, frame, node, signal)
            return
        for handler, types in zip(node.handlers, [_handled(walk, frame, h) for h in node.handlers], strict=True):
            taken = catches(walk, signal.exception, types)
            note(walk, signal, place_of(frame, handler), types if taken else None)
            if taken:
                _note_shadowed(walk, frame, node, handler, types, signal)
                _handle(walk, frame, handler, types, signal)
                return
        raise
    finally:
        _unstack(walk, handled)
    execute(walk, frame, node.orelse)


def _sort(walk: Walk, frame: Frame, node: ast.TryStar, signal: RaiseSignal) -> None:
    """Walk each `except*` clause for those of the exceptions that it takes; raise what none of them takes."""
    everything = members(signal.exception)
    rest = everything
    for handler in node.handlers:
        types = _handled(walk, frame, handler)
        taken = [one for one in rest if catches(walk, one, types)]
        note(walk, signal, place_of(frame, handler), types if taken else None)
        if taken:
            rest = [one for one in rest if one not in taken]
            _handle(walk, frame, handler, types, RaiseSignal(grouped(taken), signal.place))
    if rest:
        raise RaiseSignal(signal.exception if rest == everything else grouped(rest), signal.place)


def grouped(exceptions: list[object]) -> Instance:
    """Return a group of exceptions."""
    return Instance(Library("builtins.ExceptionGroup"), {"exceptions": Sequence("tuple", exceptions)})


def members(exception: object) -> list[object]:
    """Return the exceptions of a group, those of its groups included; another exception is by itself."""
    if not isinstance(exception, Instance):
        return [exception]
    held = exception.attributes.get("exceptions")
    if not isinstance(held, Sequence) or is_subclass(exception.cls, Library("builtins.BaseExceptionGroup")) is not True:
        return [exception]
    return [one for inner in held.items for one in members(inner)]


def _note_shadowed(
    walk: Walk,
    frame: Frame,
    node: ast.Try,
    handler: ast.ExceptHandler,
    taken: object,
    signal: RaiseSignal,
) -> None:
    """Record later handlers whose narrower classes the one that takes the exception leaves nothing for."""
    if not caused_by_tracked(walk, signal.exception):
        return
    for later in node.handlers[node.handlers.index(handler) + 1 :]:
        types = _handled(walk, frame, later)
        if later.type is not None and catches(walk, signal.exception, types) and _within(types, taken):
            walk.shadowed[place_of(frame, later)] = place_of(frame, handler)


def _within(narrow: object, wide: object) -> bool:
    """Return whether every class of one handler is, or inherits from, a class of another."""
    if not isinstance(narrow, Sequence) or not isinstance(wide, Sequence):
        return False
    return all(any(is_subclass(one, other) is True for other in wide.items) for one in narrow.items)


def _unstack(walk: Walk, handled: list[object]) -> None:
    if handled:
        del walk.handlers[-len(handled) :]


def note(walk: Walk, signal: RaiseSignal, place: Place, types: object) -> None:
    """Record that a handler was asked whether it takes an exception that the tracked status caused."""
    if caused_by_tracked(walk, signal.exception):
        names = (
            None if types is None else tuple(_name(one) for one in types.items) if isinstance(types, Sequence) else None
        )
        walk.tests.append(Test(place, frozenset(), names, "handler"))


def _name(cls: object) -> str:
    return cls.name if isinstance(cls, Class | Library) else ""


def caused_by_tracked(walk: Walk, exception: object) -> bool:
    """Return whether the exception exists because of the tracked response."""
    if not walk.born:
        return False
    if isinstance(exception, Instance) and isinstance(exception.cls, Library):
        return exception.cls.name not in ("builtins.StopIteration", "builtins.AttributeError", "builtins.NameError")
    return True


def _handle(walk: Walk, frame: Frame, handler: ast.ExceptHandler, types: object, signal: RaiseSignal) -> None:
    if handler.name is not None:
        bind(walk, frame, handler.name, signal.exception)
    if caused_by_tracked(walk, signal.exception):
        broad = handler.type is None or (isinstance(types, Sequence) and any(one in _BROAD for one in types.items))
        span = (place_of(frame, handler.body[0]), place_of(frame, handler.body[-1]))
        walk.catches.append(Catch(place_of(frame, handler), broad, _uses(handler), span))
    before, frame.exception = frame.exception, signal.exception
    try:
        execute(walk, frame, handler.body)
    finally:
        frame.exception = before


def _uses(handler: ast.ExceptHandler) -> bool:
    """Return whether the handler looks at the exception or logs it with its traceback."""
    for statement in handler.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id == handler.name:
                return True
            if isinstance(node, ast.Attribute) and node.attr in ("exception", "print_exc", "format_exc", "exc_info"):
                return True
            if isinstance(node, ast.keyword) and node.arg == "exc_info":
                return True
    return False


def _enter_anyway(
    walk: Walk, frame: Frame, node: ast.Try | ast.TryStar, handler: ast.ExceptHandler, types: object
) -> None:
    """Walk a handler as if something unknown in the body had raised what it takes."""
    walk.handlers.append(types)
    try:
        execute(walk, frame, node.body)
    except (RaiseSignal, ReturnSignal, BreakSignal, ContinueSignal):
        pass
    finally:
        walk.handlers.pop()
    cls = types.items[0] if isinstance(types, Sequence) and types.items else Unknown()
    exception: object = Instance(cls) if isinstance(cls, Library | Class) else Unknown()
    if handler.name is not None:
        bind(walk, frame, handler.name, exception)
    before, frame.exception = frame.exception, exception
    try:
        execute(walk, frame, handler.body)
    finally:
        frame.exception = before


def suppressing(walk: Walk, handled: object, body: Callable[[], None], place: Place) -> None:
    """Walk the body of `with suppress(handled)`."""
    walk.handlers.append(handled)
    try:
        body()
    except RaiseSignal as signal:
        if not is_suppressed(walk, signal, handled, place):
            raise
    finally:
        walk.handlers.pop()


def is_suppressed(walk: Walk, signal: RaiseSignal, handled: object, place: Place) -> bool:
    """Return whether `suppress(handled)` takes an exception, and record it."""
    taken = catches(walk, signal.exception, handled)
    note(walk, signal, place, handled if taken else None)
    if taken and caused_by_tracked(walk, signal.exception):
        broad = isinstance(handled, Sequence) and any(one in _BROAD for one in handled.items)
        walk.catches.append(Catch(place, broad, named=False, body=(place, place)))
    return taken
