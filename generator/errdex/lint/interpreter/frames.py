"""Frames: what a function's parameters stand for when it is called, by a caller at hand or by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.values import Frame, Mapping, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Function


def new_frame(
    walk: Walk,
    function: Function,
    positional: list[object],
    keywords: dict[str, object],
    *,
    receiver: object = None,
) -> Frame:
    """Return the frame of a call, its parameters bound."""
    frame = Frame(function.module, function.closure, function)
    frame.owner = function.owner
    if function.owner is not None:
        frame.receiver = receiver if receiver is not None else (positional[0] if positional else None)
    parameters = function.node.args
    names = [parameter.arg for parameter in (*parameters.posonlyargs, *parameters.args)]
    rest = dict(keywords)
    for index, name in enumerate(names):
        if index < len(positional):
            frame.names[name] = positional[index]
            rest.pop(name, None)
        else:
            frame.names[name] = rest.pop(name) if name in rest else function.defaults.get(name, Unknown(name))
    for parameter in parameters.kwonlyargs:
        name = parameter.arg
        frame.names[name] = rest.pop(name) if name in rest else function.defaults.get(name, Unknown(name))
    if parameters.vararg is not None:
        frame.names[parameters.vararg.arg] = Sequence("tuple", list(positional[len(names) :]))
    if parameters.kwarg is not None:
        frame.names[parameters.kwarg.arg] = Mapping(rest)
    return frame


def unknown_arguments(walk: Walk, function: Function, *, skip: int = 1) -> dict[str, object]:
    """Return arguments for a function that nobody in the project calls: annotated classes, defaults, unknowns."""
    from errdex.lint.interpreter.imagined import annotated

    frame = Frame(function.module, function.closure, function)
    parameters = function.node.args
    found: dict[str, object] = {}
    positional = [*parameters.posonlyargs, *parameters.args][skip:]
    for parameter in (*positional, *parameters.kwonlyargs):
        name = parameter.arg
        default = libraries.injected(walk, function.defaults.get(name))
        if name not in function.defaults or default is None:
            known = annotated(walk, frame, parameter.annotation, name)
            found[name] = Unknown(name, default=default) if known is None else known
        elif isinstance(default, bool):
            found[name] = Unknown(name, default=default)
        else:
            found[name] = default
    return found
