"""Classes of client code: inheritance, members, construction, and which exceptions a handler takes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter.machine import RaiseSignal
from errdex.lint.values import Class, Function, Instance, Library, Member, Method, Sequence, StatusValue, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place


def ancestors(cls: object) -> tuple[object, ...]:
    """Return a class and its bases, each once, nearest first: depth first, a shared base after all that share it."""
    if isinstance(cls, Class):
        if cls.lineage is None:
            cls.lineage = _lineage(cls)
        return cls.lineage
    return _lineage(cls)


def _lineage(cls: object) -> tuple[object, ...]:
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
    return tuple(order)


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
            return Library(f"{libraries.canonical(current.name)}.{name}"), current
    return None


def library_base(cls: object) -> Library | None:
    """Return the nearest class of a library that the class inherits from."""
    return next((current for current in ancestors(cls) if isinstance(current, Library)), None)


def is_subclass(cls: object, other: object) -> bool | None:
    """Return whether a class is another or inherits from it; None when a base is not known."""
    lineage = ancestors(cls)
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
        return _enum_member(walk, cls, positional, place)
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
    elif (fields := declared_fields(cls)) is not None:
        _set_fields(instance, fields, positional, keywords)
        after = member(cls, "__post_init__")
        if after is not None:
            passed = [instance.attributes.pop(name, Unknown(name)) for name in _passed_on(cls)]
            call_value(walk, Method(after[0], instance), passed, {}, place)
    elif (base := library_base(cls)) is not None:
        libraries.initialize(instance, base.name, positional, keywords)
        if base.name == "builtins.str":
            instance.attributes["args"] = Sequence("tuple", list(positional))
    return instance


def declared_fields(cls: Class) -> list[tuple[str, object]] | None:
    """Return the names and defaults of the constructor that a dataclass or NamedTuple gets, None for other classes."""
    found: dict[str, object] = {}
    seen = False
    for current in reversed(ancestors(cls)):
        if isinstance(current, Class) and current.fields is not None:
            seen = True
            found.update(current.fields)
    return list(found.items()) if seen else None


def _passed_on(cls: Class) -> list[str]:
    """Return the fields of a dataclass that only its `__post_init__` gets: those annotated with `InitVar`."""
    return [
        statement.target.id
        for one in reversed(ancestors(cls))
        for statement in (one.node.body if isinstance(one, Class) and one.node is not None else ())
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        if "InitVar" in ast.unparse(statement.annotation)
    ]


def _set_fields(
    instance: Instance, fields: list[tuple[str, object]], positional: list[object], keywords: dict[str, object]
) -> None:
    for index, (name, default) in enumerate(fields):
        if index < len(positional):
            instance.attributes[name] = positional[index]
        else:
            instance.attributes[name] = keywords.get(name, default)


def _enum_member(walk: Walk, cls: Class, positional: list[object], place: Place) -> object:
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.comparisons import contains, is_constant, plain

    if not positional:
        return Unknown()
    given = positional[0]
    members = {plain(value): value for value in cls.namespace.values() if isinstance(value, Member)}
    if not isinstance(given, StatusValue) and not is_constant(plain(given)):
        return given
    if contains(walk, place, given, Sequence("set", list(members))) is True:
        # A member that a status chose is still that status.
        return given if isinstance(given, StatusValue) else members[plain(given)]
    instead = member(cls, "_missing_")
    if instead is not None and isinstance(instead[0], Function):
        found = call_value(walk, Method(instead[0], cls), [given], {}, place)
        if found is not None:
            return found
    elif any(isinstance(base, Library) and "Flag" in base.name for base in ancestors(cls)):
        return given
    raise RaiseSignal(Instance(Library("builtins.ValueError")), place)
