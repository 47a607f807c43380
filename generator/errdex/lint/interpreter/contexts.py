"""`with`: context managers of the project and of libraries, and generators that are consumed in place."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter.assignment import assign
from errdex.lint.interpreter.calls import call_value, run_deferred
from errdex.lint.interpreter.classes import member
from errdex.lint.interpreter.comparisons import truth
from errdex.lint.interpreter.exceptions import grouped, is_suppressed, suppressing
from errdex.lint.interpreter.machine import (
    BreakSignal,
    ContinueSignal,
    RaiseSignal,
    ReturnSignal,
    evaluate,
    execute,
    executes,
    place_of,
)
from errdex.lint.values import Deferred, Function, Instance, Method, Sequence, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Frame, Place


@executes(ast.With, ast.AsyncWith)
def with_(walk: Walk, frame: Frame, node: ast.With | ast.AsyncWith) -> None:
    """Walk a body inside its context managers."""
    _with_items(walk, frame, node, list(node.items))


def _with_items(walk: Walk, frame: Frame, node: ast.With | ast.AsyncWith, items: list[ast.withitem]) -> None:
    if not items:
        execute(walk, frame, node.body)
        return
    first, *rest = items
    place = place_of(frame, first.context_expr)
    manager = evaluate(walk, frame, first.context_expr)
    if isinstance(manager, Deferred) and not manager.generator:
        manager = run_deferred(walk, manager, place)

    def body(value: object) -> None:
        if first.optional_vars is not None:
            assign(walk, frame, first.optional_vars, value)
        _with_items(walk, frame, node, rest)

    if isinstance(manager, Deferred):
        consume(walk, manager, place, body, throws=True)
        return
    if isinstance(manager, Instance):
        enter = member(manager.cls, "__enter__") or member(manager.cls, "__aenter__")
        if enter is not None and isinstance(enter[0], Function):
            _with_own(walk, frame, manager, body, place)
            return
        suppressed = libraries.suppressed(manager)
        if suppressed is not None:
            suppressing(walk, suppressed, lambda: body(manager), place)
            return
        if libraries.attempting(walk, manager, lambda: body(manager), place):
            return
        entered = manager.attributes.get("entered")
        if isinstance(entered, Sequence):
            _with_entered(walk, entered, lambda: body(manager), place)
            return
        tasks = manager.attributes.get("tasks")
        if isinstance(tasks, Sequence):
            _with_tasks(walk, tasks, lambda: body(manager), place)
            return
    body(manager)


def _with_own(walk: Walk, frame: Frame, manager: Instance, body: Callable[[object], None], place: Place) -> None:
    enter = member(manager.cls, "__enter__") or member(manager.cls, "__aenter__")
    leave = member(manager.cls, "__exit__") or member(manager.cls, "__aexit__")

    def run(found: tuple[object, object] | None, arguments: list[object]) -> object:
        if found is None or not isinstance(found[0], Function):
            return manager
        value = call_value(walk, Method(found[0], manager), arguments, {}, place)
        return run_deferred(walk, value, place) if isinstance(value, Deferred) else value

    value = run(enter, [])
    try:
        body(value)
    except RaiseSignal as signal:
        cls = signal.exception.cls if isinstance(signal.exception, Instance) else Unknown()
        swallowed = run(leave, [cls, signal.exception, Unknown()]) if leave is not None else None
        if isinstance(swallowed, bool | Unknown) and truth(walk, swallowed, place):
            return
        raise
    except (ReturnSignal, BreakSignal, ContinueSignal):
        with walk.on_leaving():
            run(leave, [None, None, None])
        raise
    with walk.on_leaving():
        run(leave, [None, None, None])


def _with_entered(walk: Walk, entered: Sequence, body: Callable[[], None], place: Place) -> None:
    """Walk the body of an exit stack, and leave what it entered, the last first."""
    try:
        body()
    except RaiseSignal as signal:
        for manager in reversed(entered.items):
            handled = libraries.suppressed(manager) if isinstance(manager, Instance) else None
            if handled is not None and is_suppressed(walk, signal, handled, place):
                return
        raise


def _with_tasks(walk: Walk, tasks: Sequence, body: Callable[[], None], place: Place) -> None:
    """Walk the body of a group of tasks, and then its tasks: what they raise, it raises as a group in its end."""
    raised: list[object] = []

    def finish(one: Callable[[], object]) -> None:
        try:
            one()
        except RaiseSignal as signal:
            raised.append(signal.exception)

    finish(body)
    for task in tasks.items:
        if isinstance(task, Deferred) and not task.done:
            finish(partial(run_deferred, walk, task, place))
    if raised:
        raise RaiseSignal(grouped(raised), place)


class LeavingSignal(Exception):  # noqa: N818 - control flow, not an error
    """A `return`, `break` or exception of the code that consumes a generator, on its way out of the generator."""

    def __init__(self, signal: Exception) -> None:
        self.signal = signal


def consume(
    walk: Walk, generator: Deferred, place: Place, body: Callable[[object], None], *, throws: bool = False
) -> None:
    """Run a generator, and for each of its values the body as what it is: code of the function that consumes it.

    What ends the body passes the generator's `finally` clauses only; with `throws`, an exception comes up where the
    generator yields, as `contextlib.contextmanager` has it.
    """
    stack, functions = list(walk.stack), list(walk.functions)
    leaving = (ReturnSignal, BreakSignal, ContinueSignal) if throws else (
        ReturnSignal, BreakSignal, ContinueSignal, RaiseSignal
    )  # fmt: skip

    def take(value: object) -> None:
        held = walk.stack, walk.functions
        walk.stack, walk.functions = list(stack), list(functions)
        try:
            body(value)
        except leaving as signal:
            raise LeavingSignal(signal) from signal
        finally:
            walk.stack, walk.functions = held

    try:
        run_deferred(walk, generator, place, take)
    except LeavingSignal as left:
        raise left.signal from left
