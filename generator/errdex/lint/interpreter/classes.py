"""Classes of client code: inheritance, members, construction, and which exceptions a handler takes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeGuard

from errdex.lint import libraries
from errdex.lint.interpreter.machine import CutSignal, RaiseSignal, evaluate, place_of
from errdex.lint.values import Class, Frame, Function, Instance, Library, Mapping, Method, Sequence, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place


#: Calls of one function that are looked at for what it is called with.
_MOST_CALLS = 8


def ancestors(cls: object) -> Iterator[object]:
    """Yield a class and its bases, each once, nearest first: depth first, a shared base after all that share it."""
    order: list[object] = []

    def visit(current: object, depth: int) -> None:
        if depth > 30:
            return
        if current in order:
            order.remove(current)
        order.append(current)
        bases = current.bases if isinstance(current, Class) else []
        if isinstance(current, Library):
            bases = [Library(base) for base in libraries.bases(current.name)]
        for base in bases:
            visit(base, depth + 1)

    visit(cls, 0)
    yield from order


def member(cls: object, name: str, after: object = None) -> tuple[object, object] | None:
    """Return a class member and the class that has it; `after` starts the search behind that class (`super()`)."""
    waiting = after is not None
    for current in ancestors(cls):
        if waiting:
            waiting = current is not after
            continue
        if isinstance(current, Class) and name in current.namespace:
            return current.namespace[name], current
        if isinstance(current, Library) and libraries.has_member(current.name, name):
            return Library(f"{current.name}.{name}"), current
    return None


def library_base(cls: object) -> Library | None:
    """Return the nearest class of a library that the class inherits from."""
    return next((current for current in ancestors(cls) if isinstance(current, Library)), None)


def is_subclass(cls: object, other: object) -> bool | None:
    """Return whether a class is another or inherits from it; None when a base is not known."""
    lineage = list(ancestors(cls))
    if any(current is other or (isinstance(current, Library) and current == other) for current in lineage):
        return True
    if isinstance(other, Library) and any(
        isinstance(current, Library) and libraries.same(current.name, other.name) for current in lineage
    ):
        return True
    unknown = any(isinstance(current, Unknown) for current in lineage) or isinstance(other, Unknown)
    return None if unknown else False


def catches(walk: Walk, exception: object, handled: object) -> bool:
    """Return whether `except handled` takes the exception; what is unknown takes nothing that is known."""
    if isinstance(handled, Sequence):
        return any(catches(walk, exception, one) for one in handled.items)
    if not isinstance(exception, Instance):
        # Something raised that is not known: only a handler of everything is sure to take it.
        return handled in (Library("builtins.Exception"), Library("builtins.BaseException"))
    return is_subclass(exception.cls, handled) is True


def is_exception(cls: object) -> bool:
    """Return whether a class is an exception class."""
    return any(isinstance(current, Library) and libraries.is_exception(current.name) for current in ancestors(cls))


def construct(walk: Walk, cls: Class, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Return a new instance, its constructor walked."""
    from errdex.lint.interpreter.calls import call_value

    if cls.enum:
        return _enum_member(cls, positional)
    instance = Instance(cls)
    made = member(cls, "__new__")
    if made is not None and isinstance(made[0], Function):
        value = call_value(walk, made[0], [cls, *positional], dict(keywords), place)
        if not isinstance(value, Instance):
            return Instance(cls)
        instance = value
    initializer = member(cls, "__init__")
    if initializer is not None and isinstance(initializer[0], Function):
        call_value(walk, Method(initializer[0], instance), positional, keywords, place)
    elif (fields := _fields(cls)) is not None:
        _set_fields(instance, fields, positional, keywords)
        after = member(cls, "__post_init__")
        if after is not None:
            call_value(walk, Method(after[0], instance), [], {}, place)
    elif (base := library_base(cls)) is not None:
        libraries.initialize(instance, base.name, positional, keywords)
    return instance


def _fields(cls: Class) -> list[tuple[str, object]] | None:
    found: dict[str, object] = {}
    seen = False
    for current in reversed(list(ancestors(cls))):
        if isinstance(current, Class) and current.fields is not None:
            seen = True
            found.update(current.fields)
    return list(found.items()) if seen else None


def _set_fields(
    instance: Instance, fields: list[tuple[str, object]], positional: list[object], keywords: dict[str, object]
) -> None:
    for index, (name, default) in enumerate(fields):
        if index < len(positional):
            instance.attributes[name] = positional[index]
        else:
            instance.attributes[name] = keywords.get(name, default)


def _enum_member(cls: Class, positional: list[object]) -> object:
    from errdex.lint.interpreter.comparisons import plain
    from errdex.lint.values import Member, StatusValue

    wanted = positional[0] if positional else None
    wanted = wanted.value if isinstance(wanted, StatusValue) else plain(wanted)
    for value in cls.namespace.values():
        if isinstance(value, Member) and plain(value) == wanted:
            return value if not isinstance(positional[0], StatusValue) else positional[0]
    return positional[0] if positional else Unknown()


def imagine(walk: Walk, cls: Class, place: Place) -> Instance:
    """Return an instance that nobody made: its constructor walked with unknown arguments."""
    from errdex.lint.interpreter.calls import call_function, unknown_arguments

    instance = Instance(cls)
    instance.lazy = lambda name: _assigned_elsewhere(walk, cls, instance, name)
    fields = _fields(cls)
    if fields is not None:
        for name, default in fields:
            if not isinstance(default, Unknown):
                instance.attributes[name] = default
    initializer = member(cls, "__init__")
    if initializer is not None and isinstance(initializer[0], Function):
        arguments = unknown_arguments(walk, initializer[0])
        if walk.imagining < 3:
            arguments.update(as_called(walk, cls.name, initializer[0], arguments))
        walk.imagining += 1
        try:
            call_function(walk, initializer[0], [instance], arguments, place, receiver=instance)
        except (RaiseSignal, CutSignal):
            return instance
        finally:
            walk.imagining -= 1
    elif (base := library_base(cls)) is not None:
        libraries.initialize(instance, base.name, [], {})
    _forget_beginnings(walk, cls, instance)
    return instance


def as_called(
    walk: Walk, name: str, function: Function, arguments: dict[str, object], *, objects: bool = False
) -> dict[str, object]:
    """Return what the project itself calls a function or class with, for arguments that nothing else is known of.

    `objects` leaves out texts: a helper's path is known where it is said, not wherever the helper stands.
    """
    skip = 1 if function.owner is not None and function.kind != "staticmethod" else 0
    parameters = [parameter.arg for parameter in (*function.node.args.posonlyargs, *function.node.args.args)][skip:]
    found: dict[str, object] = {}
    walk.imagining += 1
    try:
        for module, call, around in walk.project.calls(name)[:_MOST_CALLS]:
            given = dict(zip(parameters, call.args, strict=False))
            given.update({keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None})
            frame = Frame(module, None)
            for parameter, node in given.items():
                if (
                    not isinstance(arguments.get(parameter), Unknown)
                    or parameter in found
                    or isinstance(node, ast.Starred)
                ):
                    continue
                value = _told(walk, frame, node, around)
                if isinstance(value, Instance) or not (objects or value is None or isinstance(value, Unknown)):
                    found[parameter] = value
    finally:
        walk.imagining -= 1
    return found


def _told(walk: Walk, frame: Frame, node: ast.expr, function: ast.AST | None, depth: int = 0) -> object:
    """Evaluate an argument in its module; local names by the last plain assignment before it."""
    if function is not None and depth < 3:
        for name in {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - set(frame.names):
            before = [value for value in walk.project.assigned(function).get(name, ()) if value.lineno <= node.lineno]
            if before:
                frame.names[name] = Unknown(name)
                frame.names[name] = _told(walk, frame, before[-1], function, depth + 1)
    try:
        return evaluate(walk, frame, node)
    except (RaiseSignal, CutSignal):
        return Unknown()


def _forget_beginnings(walk: Walk, cls: Class, instance: Instance) -> None:
    """Let go of what only holds right after construction: empty containers, and flags that other methods set."""
    for name, value in list(instance.attributes.items()):
        if isinstance(value, Sequence | Mapping):
            value.open = True
        elif (value is None or isinstance(value, bool | int)) and name in _reassigned(cls):
            made = _assigned_elsewhere(walk, cls, instance, name) if value is None else None
            instance.attributes[name] = made if made is not None else Unknown(name, default=value)


def _reassigned(cls: Class) -> frozenset[str]:
    """Return the attributes of `self` that methods other than the constructor assign."""
    if cls.reassigned is None:
        found = set()
        for current in ancestors(cls):
            if isinstance(current, Class):
                for function in current.namespace.values():
                    if isinstance(function, Function) and function.name != "__init__":
                        for node in ast.walk(function.node):
                            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                                found.add(node.attr)
        cls.reassigned = frozenset(found)
    return cls.reassigned


def _assigned_elsewhere(walk: Walk, cls: Class, instance: Instance, name: str) -> object:
    """Return what another method (`connect`, `setUp`, `__aenter__`) assigns to the attribute, None when none does."""
    for current in ancestors(cls):
        if not isinstance(current, Class):
            continue
        for function, node in _assignments(current).get(name, ()):
            frame = Frame(function.module, None, function)
            frame.names["self"] = frame.receiver = instance
            instance.attributes[name] = Unknown(name)
            try:
                value = evaluate(walk, frame, node.value) if node.value is not None else Unknown(name)
            except (RaiseSignal, CutSignal):
                value = Unknown(name)
            if isinstance(value, Unknown) and isinstance(node, ast.AnnAssign):
                value = annotated(walk, frame, node.annotation, name) or value
            return value
    return None


def _assignments(cls: Class) -> dict[str, list[tuple[Function, ast.Assign | ast.AnnAssign]]]:
    """Return the statements of a class's methods that assign something to attributes of `self`, by attribute."""
    if cls.assignments is None:
        cls.assignments = {}
        for function in list(cls.namespace.values()):
            if not isinstance(function, Function) or isinstance(function.node, ast.Lambda):
                continue
            for node in ast.walk(function.node):
                if isinstance(node, ast.Assign | ast.AnnAssign) and not (
                    node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
                ):
                    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                        if _is_own(target):
                            cls.assignments.setdefault(target.attr, []).append((function, node))
    return cls.assignments


def _is_own(target: ast.expr) -> TypeGuard[ast.Attribute]:
    return isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"


def annotated(walk: Walk, frame: Frame, annotation: ast.expr | None, name: str) -> object:
    """Return a value of an annotated class that the analysis can follow, None for others."""
    match annotation:
        case None:
            return None
        case ast.Constant(value=str() as text):
            try:
                return annotated(walk, frame, ast.parse(text, mode="eval").body, name)
            except SyntaxError:
                return None
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return annotated(walk, frame, left, name) or annotated(walk, frame, right, name)
        case ast.Subscript(value=ast.Name(id="Optional" | "Annotated") | ast.Attribute(attr="Optional" | "Annotated")):
            inner = annotation.slice
            return annotated(walk, frame, inner.elts[0] if isinstance(inner, ast.Tuple) else inner, name)
        case ast.Name() | ast.Attribute():
            return _instance_of(walk, evaluate(walk, frame, annotation), annotation, frame)
        case _:
            return None


def _instance_of(walk: Walk, cls: object, annotation: ast.expr, frame: Frame) -> object:
    if isinstance(cls, Library):
        return libraries.imagine(cls.name)
    if isinstance(cls, Class) and not cls.enum and len(walk.stack) < 6:
        ancestry = [a for a in ancestors(cls) if isinstance(a, Library)]
        if any(libraries.is_exception(a.name) for a in ancestry):
            return None
        walk.stack.append(place_of(frame, annotation))
        try:
            return imagine(walk, cls, place_of(frame, annotation))
        finally:
            walk.stack.pop()
    return None
