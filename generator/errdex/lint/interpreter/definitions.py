"""Functions and classes as they are defined: defaults, decorators, dataclass fields, enum members."""

from __future__ import annotations

import ast
import contextlib
from typing import TYPE_CHECKING, TypeGuard

from errdex.lint import libraries
from errdex.lint.interpreter.calls import call_value
from errdex.lint.interpreter.classes import ancestors, member
from errdex.lint.interpreter.machine import RaiseSignal, evaluate, execute, place_of
from errdex.lint.nodes import children
from errdex.lint.values import Class, Frame, Function, Instance, Library, Member, Method, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk


def define_function(walk: Walk, frame: Frame, node: ast.FunctionDef | ast.AsyncFunctionDef) -> object:
    """Return the function, its decorators applied from the innermost out."""
    closure = frame
    while closure.is_class and closure.parent is not None:
        closure = closure.parent
    function = Function(
        node,
        frame.module,
        closure if closure.function is not None else None,
        name=node.name,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        is_generator=_yields(node),
        owner=frame.owner if frame.is_class else None,
    )
    function.defaults = dict(_defaults(walk, frame, node.args))
    value: object = function
    for decorator in reversed(node.decorator_list):
        value = _decorate(walk, frame, decorator, value)
    frame.module.definitions[node] = (function, value)
    return value


def _yields(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    pending: list[ast.AST] = list(node.body)
    while pending:
        current = pending.pop()
        if isinstance(current, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            pending.extend(children(current))
    return False


def _defaults(walk: Walk, frame: Frame, parameters: ast.arguments) -> list[tuple[str, object]]:
    positional = [*parameters.posonlyargs, *parameters.args]
    pairs = list(zip(positional[len(positional) - len(parameters.defaults) :], parameters.defaults, strict=True))
    pairs += [(p, d) for p, d in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True) if d is not None]
    return [(parameter.arg, evaluate(walk, frame, default)) for parameter, default in pairs]


def _decorate(walk: Walk, frame: Frame, decorator: ast.expr, value: object) -> object:
    """Apply a decorator; one that is not at hand is taken to leave the function as it is."""
    if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter", "getter"):
        return value
    walk.decorating += 1
    try:
        applied = evaluate(walk, frame, decorator)
        if isinstance(applied, Library):
            return libraries.decorate(walk, applied.name, value)
        if isinstance(applied, Function | Method | Class):
            result = call_value(walk, applied, [value], {}, place_of(frame, decorator))
            return value if isinstance(result, Unknown) else result
        if callable(applied):
            return applied(value)
    except RaiseSignal:
        return value
    finally:
        walk.decorating -= 1
    return libraries.decorate_with(walk, applied, value, place_of(frame, decorator))


def define_class(walk: Walk, frame: Frame, node: ast.ClassDef) -> object:
    """Return the class, its body executed."""
    bases = [evaluate(walk, frame, base) for base in node.bases if not isinstance(base, ast.Starred)]
    bases = [_base(base) for base in bases]
    cls = Class(node.name, frame.module, node, bases)
    inner = Frame(frame.module, frame if frame.function is not None or frame.is_class else None, frame.function)
    inner.is_class = True
    inner.owner = cls
    inner.names = cls.namespace
    for name in ("__qualname__", "__module__"):
        cls.namespace.pop(name, None)
    with contextlib.suppress(RaiseSignal):
        execute(walk, inner, node.body)
    cls.enum = any(isinstance(a, Library) and libraries.is_enum(a.name) for a in ancestors(cls))
    if cls.enum:
        _make_members(cls)
    if _has_fields(walk, frame, node, cls):
        cls.fields = list(_fields(walk, inner, node))
    _tell_members(walk, frame, node, cls)
    _tell_bases(walk, frame, node, cls)
    value: object = cls
    for decorator in reversed(node.decorator_list):
        applied = evaluate(walk, frame, decorator)
        if isinstance(applied, Function | Method):
            result = call_value(walk, applied, [value], {}, place_of(frame, decorator))
            value = value if isinstance(result, Unknown | None) else result
    return value


def _tell_members(walk: Walk, frame: Frame, node: ast.ClassDef, cls: Class) -> None:
    """Call the `__set_name__` of the class's descriptors."""
    for name, held in list(cls.namespace.items()):
        hook = member(held.cls, "__set_name__") if isinstance(held, Instance) else None
        if hook is not None and isinstance(hook[0], Function):
            with contextlib.suppress(RaiseSignal):
                call_value(walk, Method(hook[0], held), [cls, name], {}, place_of(frame, node))


def _tell_bases(walk: Walk, frame: Frame, node: ast.ClassDef, cls: Class) -> None:
    """Call the `__init_subclass__` that the class inherits: bases keep lists of their subclasses."""
    hook = next((one.namespace["__init_subclass__"] for one in ancestors(cls)[1:] if _has_hook(one)), None)
    if isinstance(hook, Function):
        keywords = {one.arg: evaluate(walk, frame, one.value) for one in node.keywords if one.arg is not None}
        keywords.pop("metaclass", None)
        with contextlib.suppress(RaiseSignal):
            call_value(walk, Method(hook, cls), [], keywords, place_of(frame, node))


def _has_hook(base: object) -> TypeGuard[Class]:
    return isinstance(base, Class) and "__init_subclass__" in base.namespace


def _base(base: object) -> object:
    """Return the class behind `Generic[T]`-like bases."""
    return base


def _make_members(cls: Class) -> None:
    number = 0
    for name, value in list(cls.namespace.items()):
        if name.startswith("_") or isinstance(value, Function | Method | Class):
            continue
        if value == Library("enum.auto()") or isinstance(value, Unknown):
            number += 1
            cls.namespace[name] = Member(cls, name, number)
        else:
            held = value.items[0] if isinstance(value, Sequence) and value.items else value
            cls.namespace[name] = Member(cls, name, held)


def _has_fields(walk: Walk, frame: Frame, node: ast.ClassDef, cls: Class) -> bool:
    names = [a.name for a in ancestors(cls) if isinstance(a, Library)]
    if any(name in ("typing.NamedTuple", "pydantic.BaseModel", "pydantic_settings.BaseSettings") for name in names):
        return True
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if name in ("dataclass", "define", "frozen", "attrs", "s", "mutable"):
            return True
    return False


def _fields(walk: Walk, frame: Frame, node: ast.ClassDef) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            default: object = Unknown(name)
            if statement.value is not None:
                default = evaluate(walk, frame, statement.value)
            found.append((name, default))
    return found
