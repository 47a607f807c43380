"""Statements: assignment, branches, loops, raising, imports and definitions."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter.assignment import assign, bind
from errdex.lint.interpreter.calls import call_value, iterate, run_deferred
from errdex.lint.interpreter.classes import is_exception
from errdex.lint.interpreter.comparisons import truth
from errdex.lint.interpreter.contexts import consume
from errdex.lint.interpreter.definitions import define_class, define_function
from errdex.lint.interpreter.expressions import apply, joined_items
from errdex.lint.interpreter.machine import (
    MOST_ROUNDS,
    MOST_TRIES,
    BreakSignal,
    ContinueSignal,
    CutSignal,
    RaiseSignal,
    ReturnSignal,
    evaluate,
    execute,
    executes,
    place_of,
)
from errdex.lint.interpreter.modules import import_module, import_name
from errdex.lint.signature import masked, mentions, signature
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Instance,
    Library,
    Mapping,
    Sequence,
    Span,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import (
        Frame,
        Place,
    )


@executes(ast.Expr)
def expression(walk: Walk, frame: Frame, node: ast.Expr) -> None:
    """Evaluate an expression for what it does."""
    called = node.value.value if isinstance(node.value, ast.Await) else node.value
    walk.discarded[place_of(frame, called)] = None
    acts = walk.born and isinstance(node.value, ast.Call | ast.Await) and not _is_pause(node.value)
    value = evaluate(walk, frame, node.value)
    if isinstance(value, Deferred) and value.submitted:
        # Nobody has its future: what it raises is lost.
        with suppress(RaiseSignal):
            run_deferred(walk, value, place_of(frame, node))
    if acts and isinstance(value, Instance) and is_exception(value.cls):
        # `ValueError(...)` by itself: somebody forgot the `raise`.
        walk.unraised[place_of(frame, node)] = None
    elif acts and place_of(frame, called) not in walk.followed_calls:
        walk.effects[place_of(frame, node)] = None
        given = Sequence("tuple", walk.given.get(place_of(frame, called), []))
        if isinstance(called, ast.Call) and _keeps(frame, called.func):
            _hand_over(walk, place_of(frame, node), given)
        else:
            walk.said[place_of(frame, node), masked(signature(given), walk.supposed)] = None


#: Methods that put something where others find it.
_KEEPING = frozenset(
    {"put", "put_nowait", "append", "appendleft", "add", "push", "publish", "set_result", "send_nowait"}
)


def _keeps(frame: Frame, called: ast.expr) -> bool:
    """Return whether a method keeps what it is given in something that outlives the function: `self.answers.append`."""
    if not isinstance(called, ast.Attribute) or called.attr not in _KEEPING:
        return False
    owner = frame.names.get(called.value.id) if isinstance(called.value, ast.Name) else None
    return not isinstance(owner, Sequence | Mapping)


def _is_pause(node: ast.expr) -> bool:
    if isinstance(node, ast.Await):
        node = node.value
    called = node.func if isinstance(node, ast.Call) else node
    return isinstance(called, ast.Attribute | ast.Name) and (
        (called.attr if isinstance(called, ast.Attribute) else called.id) in ("sleep", "wait")
    )


@executes(ast.Return)
def return_(walk: Walk, frame: Frame, node: ast.Return) -> None:
    """Leave the function."""
    value = None if node.value is None else evaluate(walk, frame, node.value)
    raise ReturnSignal(value, place_of(frame, node))


@executes(ast.Assign)
def assignment(walk: Walk, frame: Frame, node: ast.Assign) -> None:
    """Bind a value to one or several targets."""
    value = evaluate(walk, frame, node.value)
    for target in node.targets:
        if walk.born and not isinstance(target, ast.Name | ast.Tuple | ast.List):
            walk.effects[place_of(frame, node)] = None
            if isinstance(target, ast.Attribute) and _is_foreign(evaluate(walk, frame, target.value)):
                _hand_over(walk, place_of(frame, node), value)
        assign(walk, frame, target, value)


def _is_foreign(owner: object) -> bool:
    """Return whether somebody else has the object, who looks at it afterwards: the response that a framework sends."""
    return isinstance(owner, Unknown) or (isinstance(owner, Instance) and isinstance(owner.cls, Library))


def _hand_over(walk: Walk, place: Place, value: object) -> None:
    """Note what is given to somebody else, and that it tells of the status if it does."""
    given = signature(value)
    walk.said[place, masked(given, walk.supposed)] = None
    walk.escaped = walk.escaped or mentions(given, "STATUS") or mentions(given, "RESPONSE")


@executes(ast.AnnAssign)
def annotated_assignment(walk: Walk, frame: Frame, node: ast.AnnAssign) -> None:
    """Bind a value to an annotated target."""
    if node.value is not None:
        value = evaluate(walk, frame, node.value)
        if isinstance(value, Unknown):
            from errdex.lint.interpreter.imagined import annotated

            value = annotated(walk, frame, node.annotation, value.name) or value
        assign(walk, frame, node.target, value)


@executes(ast.AugAssign)
def augmented_assignment(walk: Walk, frame: Frame, node: ast.AugAssign) -> None:
    """Bind the result of an operator to its left operand."""
    if walk.born and not isinstance(node.target, ast.Name):
        walk.effects[place_of(frame, node)] = None
    target = ast.copy_location(_load(node.target), node.target)
    left = evaluate(walk, frame, target)
    right = evaluate(walk, frame, node.value)
    if isinstance(left, Sequence) and isinstance(right, Sequence) and not left.frozen and isinstance(node.op, ast.Add):
        joined = joined_items(left, right)
        left.items[:] = joined.items
        left.open = joined.open
        return
    if isinstance(left, Sequence) and isinstance(right, Body | Unknown) and not left.frozen:
        left.open = True
        left.items.append(right)
        return
    assign(walk, frame, node.target, apply(node.op, left, right))


def _load(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    match target:
        case ast.Name():
            return ast.Name(target.id, ast.Load())
        case ast.Attribute():
            return ast.Attribute(target.value, target.attr, ast.Load())
        case ast.Subscript():
            return ast.Subscript(target.value, target.slice, ast.Load())


@executes(ast.If)
def branch(walk: Walk, frame: Frame, node: ast.If) -> None:
    """Take one side; a chain of `elif` is walked without recursion."""
    while True:
        if truth(walk, evaluate(walk, frame, node.test), place_of(frame, node.test)):
            execute(walk, frame, node.body)
            return
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
            walk.step()
            continue
        execute(walk, frame, node.orelse)
        return


@executes(ast.For, ast.AsyncFor)
def for_loop(walk: Walk, frame: Frame, node: ast.For | ast.AsyncFor) -> None:
    """Walk the body for what is known of the iterable; once or not at all for what is not."""
    place = place_of(frame, node.iter)
    values = evaluate(walk, frame, node.iter)
    if isinstance(values, Deferred) and not values.generator:
        values = run_deferred(walk, values, place)

    def once(value: object) -> None:
        walk.step()
        assign(walk, frame, node.target, value)
        try:
            execute(walk, frame, node.body)
        except ContinueSignal:
            return

    try:
        if isinstance(values, Deferred):
            consume(walk, values, place, once)
        else:
            items, is_open = iterate(walk, values, place)
            if isinstance(values, Span) and len(items) > MOST_ROUNDS:
                # A loop that counts may do something else in its last round.
                items = [*items[: MOST_ROUNDS - 2], values.last - values.step, values.last]
            if is_open:
                items = _rounds(walk, items, place)
            for value in items:
                once(value)
    except BreakSignal:
        return
    execute(walk, frame, node.orelse)


def _rounds(walk: Walk, items: list[object], place: Place) -> list[object]:
    """Return what a loop over an iterable that is not known whole goes through: what is known of it, at least."""
    if items and not all(isinstance(item, Unknown) for item in items):
        return (items, [*items, Unknown()])[walk.choose(place, 2)]
    missing = items or [Unknown()]
    return (missing, [], [*missing, Unknown()])[walk.choose(place, 3)]


@executes(ast.While)
def while_loop(walk: Walk, frame: Frame, node: ast.While) -> None:
    """Walk the body while the test holds, a bounded number of rounds."""
    place = place_of(frame, node.test)
    for rounds in range(MOST_TRIES + 1):
        test = evaluate(walk, frame, node.test)
        if isinstance(test, Unknown) and rounds >= 2:
            break
        if not truth(walk, test, place):
            break
        if rounds == MOST_TRIES:
            raise CutSignal("loops for ever")
        try:
            execute(walk, frame, node.body)
        except ContinueSignal:
            continue
        except BreakSignal:
            return
    execute(walk, frame, node.orelse)


@executes(ast.Break)
def break_(walk: Walk, frame: Frame, node: ast.Break) -> None:
    """Leave the loop."""
    raise BreakSignal


@executes(ast.Continue)
def continue_(walk: Walk, frame: Frame, node: ast.Continue) -> None:
    """Go on with the loop's next round."""
    raise ContinueSignal


@executes(ast.Assert)
def assertion(walk: Walk, frame: Frame, node: ast.Assert) -> None:
    """Raise AssertionError when the test certainly fails."""
    place = place_of(frame, node)
    before = len(walk.tests)
    test = evaluate(walk, frame, node.test)
    if isinstance(test, Unknown):
        return
    holds = truth(walk, test, place)
    asked = walk.tests[before:]
    walk.tests[before:] = [one._replace(kind="assert") for one in asked]
    if not holds:
        raise RaiseSignal(Instance(Library("builtins.AssertionError")), place)


@executes(ast.Raise)
def raise_(walk: Walk, frame: Frame, node: ast.Raise) -> None:
    """Raise an exception; a bare `raise` raises the one that is being handled."""
    place = place_of(frame, node)
    if node.exc is None:
        scope: Frame | None = frame
        while scope is not None and scope.exception is None:
            scope = scope.parent
        raise RaiseSignal(scope.exception if scope is not None else Unknown(), place)
    exception = evaluate(walk, frame, node.exc)
    if isinstance(exception, Class) or (isinstance(exception, Library) and libraries.is_exception(exception.name)):
        exception = call_value(walk, exception, [], {}, place)
    raise RaiseSignal(exception, place)


@executes(ast.Import)
def import_(walk: Walk, frame: Frame, node: ast.Import) -> None:
    """Bind modules."""
    for alias in node.names:
        dotted = alias.name if alias.asname else alias.name.split(".")[0]
        bind(walk, frame, alias.asname or dotted, import_module(walk, dotted, frame.module))


@executes(ast.ImportFrom)
def import_from(walk: Walk, frame: Frame, node: ast.ImportFrom) -> None:
    """Bind names of modules."""
    dotted = node.module or ""
    module = import_module(walk, dotted, frame.module, node.level)
    for alias in node.names:
        if alias.name == "*":
            _bind_all(walk, frame, module)
            continue
        value = import_name(walk, module, alias.name, frame.module, dotted, node.level)
        bind(walk, frame, alias.asname or alias.name, value)


def _bind_all(walk: Walk, frame: Frame, module: object) -> None:
    from errdex.lint.interpreter.modules import module_names
    from errdex.lint.values import Module

    if isinstance(module, Module):
        for name, value in module_names(walk, module.source).items():
            if not name.startswith("_"):
                frame.names[name] = value
    elif isinstance(module, Library):
        for name in libraries.exported(module.name):
            frame.names[name] = Library(f"{module.name}.{name}")


@executes(ast.FunctionDef, ast.AsyncFunctionDef)
def function_definition(walk: Walk, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Bind a function, decorated."""
    bind(walk, frame, node.name, define_function(walk, frame, node))


@executes(ast.ClassDef)
def class_definition(walk: Walk, frame: Frame, node: ast.ClassDef) -> None:
    """Bind a class, decorated."""
    bind(walk, frame, node.name, define_class(walk, frame, node))


@executes(ast.Global)
def global_(walk: Walk, frame: Frame, node: ast.Global) -> None:
    """Mark names as the module's."""
    frame.globals.update(node.names)


@executes(ast.Nonlocal)
def nonlocal_(walk: Walk, frame: Frame, node: ast.Nonlocal) -> None:
    """Mark names as the enclosing function's."""
    frame.nonlocals.update(node.names)


@executes(ast.Delete)
def delete(walk: Walk, frame: Frame, node: ast.Delete) -> None:
    """Forget names and items."""
    for target in node.targets:
        if isinstance(target, ast.Name):
            frame.names.pop(target.id, None)
        elif isinstance(target, ast.Subscript):
            owner = evaluate(walk, frame, target.value)
            key = evaluate(walk, frame, target.slice) if isinstance(owner, Mapping) else None
            if isinstance(owner, Mapping) and isinstance(key, str | int) and not owner.frozen:
                owner.items.pop(key, None)
            elif isinstance(owner, Mapping):
                owner.open = True
