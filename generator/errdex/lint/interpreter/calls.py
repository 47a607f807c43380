"""Calls: arguments, the functions of the project walked where they are called, coroutines and generators."""

from __future__ import annotations

import ast
import re
from functools import partial
from typing import TYPE_CHECKING, TypeGuard

from errdex.lint import libraries
from errdex.lint.interpreter import builtins, generated, methods, strings
from errdex.lint.interpreter.attributes import attribute
from errdex.lint.interpreter.classes import ancestors, construct, member
from errdex.lint.interpreter.frames import new_frame
from errdex.lint.interpreter.machine import (
    MOST_DEPTH,
    MOST_ITEMS,
    MOST_ROUNDS,
    CutSignal,
    RaiseSignal,
    ReturnSignal,
    evaluate,
    execute,
    place_of,
)
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
    Super,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import (
        Frame,
        Hole,
        Place,
    )


class StopConsuming(Exception):  # noqa: N818 - control flow
    """Whoever consumes a generator wants no more of it."""


def call(walk: Walk, frame: Frame, node: ast.Call) -> object:
    """Evaluate a call expression."""
    walk.step()
    place = place_of(frame, node)
    receiver: object = None
    if isinstance(node.func, ast.Attribute):
        receiver = evaluate(walk, frame, node.func.value)
        if isinstance(receiver, Deferred) and node.func.attr not in ("result", "send", "close"):
            receiver = run_deferred(walk, receiver, place) if not receiver.generator else receiver
        function = attribute(walk, receiver, node.func.attr, place_of(frame, node.func))
    else:
        function = evaluate(walk, frame, node.func)
    if function == Library("builtins.super"):
        return _super(walk, frame, node)
    if function == Library("builtins.locals"):
        return Mapping(frame.names, is_open=True)
    positional, keywords = arguments(walk, frame, node)
    if place in walk.discarded:
        walk.given[place] = [*positional, *keywords.values()]
    if isinstance(function, Unknown) and isinstance(node.func, ast.Attribute):
        sent = libraries.shaped_request(walk, receiver, node.func.attr, positional, keywords, place)
        if sent is not None:
            return sent
        if node.func.attr in _SUBMITTING:
            return libraries.submit(node.func.attr, positional, keywords, place)
        if node.func.attr == "retry" and "celery" in walk.project.imports(frame.module.path):
            libraries.retry_task(walk, place)
        if libraries.never_returns(node.func.attr):
            raise RaiseSignal(Instance(Library("builtins.SystemExit")), place)
    if isinstance(function, Unknown):
        # A mixin calls what only its heirs have.
        of_heir = _may_be_heir(receiver) and all(isinstance(one, Class) for one in ancestors(receiver.cls))
        named = not isinstance(node.func, ast.Attribute) and function.name in _AWAITED
        walk.awaits_caller = walk.awaits_caller or named or of_heir
    value = call_value(walk, function, positional, keywords, place)
    return _joined(node.func, positional, value) if isinstance(value, Unknown) else value


#: Names of functions that put pieces together whose last may be no text: `urijoin(base, "users", number)`.
_PIECES = re.compile(r"(?i)(^|_)ur[il]_?(path_?)?join$")
_JOINING = re.compile(r"(?i)(^|_)(url|uri)?_?join|(^|_)(build|make|get|full|api)?_?(url|uri|endpoint)$")


def _joined(called: ast.expr, positional: list[object], value: Unknown) -> object:
    """Return what a function that cannot be followed, but is called like one that joins URLs, gives."""
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if not _JOINING.search(name):
        return value
    value.foreign = False
    told = positional if _PIECES.search(name) else positional[-1:]
    if not any(map(strings.is_text, told)):
        return value
    parts: list[str | Hole] = []
    for index, argument in enumerate(positional):
        if index and not (isinstance(parts[-1], str) and parts[-1].endswith("/")):
            parts.append("/")
        parts.extend(strings.parts_of(argument, "base"))
    return strings.text_of(parts)


#: What a function is called that may send a request once a caller says on what object, or by what name.
_AWAITED = libraries.VERBS | {"getattr", "request", "send"}
#: Methods that run a function later, on whatever object they are called.
_SUBMITTING = frozenset({"submit", "run_in_executor", "run_sync", "create_task", "start_soon", "ensure_future"})


def _super(walk: Walk, frame: Frame, node: ast.Call) -> object:
    scope: Frame | None = frame
    while scope is not None and scope.owner is None:
        scope = scope.parent
    if scope is None or scope.owner is None:
        return Unknown()
    return Super(scope.owner, scope.receiver)


def arguments(walk: Walk, frame: Frame, node: ast.Call) -> tuple[list[object], dict[str, object]]:
    """Evaluate a call's arguments; an unknown `*args` or `**kwargs` adds nothing."""
    positional: list[object] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            items, _ = iterate(walk, evaluate(walk, frame, argument.value), place_of(frame, argument))
            positional.extend(items)
        else:
            positional.append(evaluate(walk, frame, argument))
    keywords: dict[str, object] = {}
    for keyword in node.keywords:
        value = evaluate(walk, frame, keyword.value)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        elif isinstance(value, Mapping):
            keywords.update({key: item for key, item in value.items.items() if isinstance(key, str)})
    return positional, keywords


def call_value(
    walk: Walk, function: object, positional: list[object], keywords: dict[str, object], place: Place
) -> object:
    """Call any value."""
    match function:
        case Function():
            return call_function(walk, function, positional, keywords, place)
        case Method(function=Function() as inner, receiver=receiver):
            return call_function(walk, inner, [receiver, *positional], keywords, place, receiver=receiver)
        case Method(function=Library(name=name), receiver=receiver):
            return _call_library(walk, name, receiver, positional, keywords, place)
        case Method(function=inner, receiver=receiver):
            return call_value(walk, inner, [receiver, *positional], keywords, place)
        case Class():
            return construct(walk, function, positional, keywords, place)
        case Library(name=name):
            return _call_library(walk, name, None, positional, keywords, place)
        case Partial():
            merged = {**dict(function.keywords), **keywords}
            return call_value(walk, function.function, [*function.positional, *positional], merged, place)
        case Instance():
            called = member(function.cls, "__call__")
            if called is not None and not isinstance(called[0], Library):
                return call_value(walk, Method(called[0], function), positional, keywords, place)
            return libraries.call_instance(walk, function, positional, keywords, place)
        case Body():
            return Body(function.response, function.key)
        case _:
            return call_unknown(walk, positional, keywords, place)


def _call_library(
    walk: Walk,
    name: str,
    receiver: object,
    positional: list[object],
    keywords: dict[str, object],
    place: Place,
) -> object:
    if name.startswith("builtins.") and not libraries.is_exception(name):
        return builtins.call_builtin(walk, name, positional, keywords, place)
    if name.startswith(("str.", "bytes.", "list.", "dict.", "body.", "text.")):
        return methods.call_method(walk, name, receiver, positional, keywords, place)
    return libraries.call(walk, name, receiver, positional, keywords, place)


def call_unknown(walk: Walk, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Call something that is not at hand: it may do anything with a response that it is given."""
    values = [*positional, *keywords.values()]
    for value in values:
        if isinstance(value, Deferred) and not value.generator:
            return run_deferred(walk, value, place)
    if any(_holds_response(value) for value in values):
        walk.escaped = True
    return Unknown()


def _holds_response(value: object) -> bool:
    if isinstance(value, Response):
        return value.tracked
    if isinstance(value, Sequence):
        return any(isinstance(item, Response) and item.tracked for item in value.items)
    return False


def call_function(
    walk: Walk,
    function: Function,
    positional: list[object],
    keywords: dict[str, object],
    place: Place,
    *,
    receiver: object = None,
) -> object:
    """Call a function of the project: a coroutine or generator is deferred, anything else is walked now."""
    if generated.is_generated(function.module):
        walked = partial(_enter, walk, function, positional, keywords, place, receiver=receiver)
        return generated.call(walk, function, positional, keywords, place, walked)
    if function.kind == "contextmanager" or function.is_generator:
        return Deferred(function, positional, keywords, place, generator=True)
    if function.is_async and not function.wrapped:
        return Deferred(function, positional, keywords, place)
    return _enter(walk, function, positional, keywords, place, receiver=receiver)


def _enter(
    walk: Walk,
    function: Function,
    positional: list[object],
    keywords: dict[str, object],
    place: Place,
    *,
    receiver: object = None,
) -> object:
    def plainly() -> object:
        return enter(walk, function, positional, keywords, place, receiver=receiver)

    action: Callable[[], object] = plainly
    for wrapper in function.wrapped:
        action = _around(wrapper, walk, action, place)
    return action()


def _around(
    wrapper: Callable[..., object], walk: Walk, action: Callable[[], object], place: Place
) -> Callable[[], object]:
    return lambda: wrapper(walk, action, place)


def enter(
    walk: Walk,
    function: Function,
    positional: list[object],
    keywords: dict[str, object],
    place: Place,
    *,
    receiver: object = None,
    yields: Callable[[object], object] | None = None,
) -> object:
    """Walk a function's body with these arguments and return what it returns."""
    walk.step()
    again = walk.functions.count(function.node)
    if again >= MOST_ROUNDS and max(walk.attempts.values(), default=0) >= MOST_ROUNDS:
        raise CutSignal("asks again for ever")
    if len(walk.stack) >= MOST_DEPTH or again >= MOST_ROUNDS:
        return Unknown(function.name)
    walk.followed_calls.add(place)
    walk.awaits_caller = walk.awaits_caller or (
        (isinstance(receiver, Class) or _may_be_heir(receiver)) and _is_stub(function)
    )
    frame = new_frame(walk, function, positional, keywords, receiver=receiver)
    frame.yields = yields
    if walk.born and not walk.stack and isinstance(function.node, ast.Lambda):
        # What a policy asks once the function has been left.
        walk.last, walk.resumed = place_of(frame, function.node.body), None
    walk.stack.append(place)
    walk.functions.append(function.node)
    if not walk.imagining:
        walk.entered.add(function.node)
    try:
        if isinstance(function.node, ast.Lambda):
            return evaluate(walk, frame, function.node.body)
        execute(walk, frame, function.node.body)
    except ReturnSignal as signal:
        walk.exit = signal.place
        return signal.value
    finally:
        walk.stack.pop()
        walk.functions.pop()
        if walk.stack and walk.born and not walk.leaving:
            walk.resumed = place
    walk.exit = None
    return None


def _may_be_heir(receiver: object) -> TypeGuard[Instance]:
    """Return whether an object was made up: it may be of a class that inherits from its own."""
    return isinstance(receiver, Instance) and receiver.lazy is not None


def _is_stub(function: Function) -> bool:
    """Return whether a method is there to be overridden: callers say by what."""
    if function.owner is None or isinstance(function.node, ast.Lambda) or function.name == "__init__":
        return False
    return all(
        isinstance(one, ast.Pass | ast.Raise) or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in function.node.body
    )


def run_deferred(
    walk: Walk, deferred: Deferred, place: Place, yields: Callable[[object], object] | None = None
) -> object:
    """Run a coroutine, future or generator, once; `yields` takes what a generator yields."""
    if deferred.done and not deferred.generator:
        return deferred.result
    function, receiver = deferred.function, None
    if isinstance(deferred.function, Method):
        function, receiver = deferred.function
    if deferred.generator and isinstance(function, Function):
        return enter(
            walk, function, deferred.positional, deferred.keywords, deferred.place, receiver=receiver, yields=yields
        )
    deferred.done = True
    if isinstance(function, Function) and function.is_async:
        deferred.result = _enter(
            walk, function, deferred.positional, deferred.keywords, deferred.place, receiver=receiver
        )
    else:
        deferred.result = call_value(walk, deferred.function, deferred.positional, deferred.keywords, deferred.place)
        if isinstance(deferred.result, Deferred) and not deferred.result.generator:
            deferred.result = run_deferred(walk, deferred.result, place)
    return deferred.result


def iterate(walk: Walk, value: object, place: Place) -> tuple[list[object], bool]:
    """Return what iterating yields, as far as it is known, and whether there may be more."""
    match value:
        case Sequence():
            return list(value.items[:MOST_ITEMS]), value.open
        case Mapping():
            return list(value.items), value.open
        case Span():
            return list(range(value.start, value.stop, value.step)[:MOST_ITEMS]), False
        case str():
            return list(value[:MOST_ITEMS]), False
        case Deferred(generator=True):
            items: list[object] = []

            def take(item: object) -> object:
                items.append(item)
                if len(items) >= MOST_ROUNDS:
                    raise StopConsuming
                return None

            try:
                run_deferred(walk, value, place, take)
            except StopConsuming:
                return items, True
            return items, False
        case Class() if value.enum:
            return [item for item in value.namespace.values() if isinstance(item, Member)], False
        case Body():
            return [Body(value.response, value.key or "item")], True
        case Instance():
            return _iterate_instance(walk, value, place)
        case _:
            return [], True


def _iterate_instance(walk: Walk, value: Instance, place: Place) -> tuple[list[object], bool]:
    tries = libraries.attempts(value)
    if tries is not None:
        return tries, False
    fields = value.cls.fields if isinstance(value.cls, Class) else None
    if fields is not None:
        return [value.attributes.get(name, Unknown(name)) for name, _ in fields], False
    iterator = member(value.cls, "__iter__") or member(value.cls, "__aiter__")
    if iterator is not None and isinstance(iterator[0], Function):
        inner = call_value(walk, Method(iterator[0], value), [], {}, place)
        if inner is not value:
            return iterate(walk, inner, place)
    return [], True
