"""Attributes and items of every kind of value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter.classes import ancestors, library_base, member
from errdex.lint.interpreter.comparisons import plain
from errdex.lint.interpreter.machine import CutSignal, RaiseSignal
from errdex.lint.interpreter.modules import loaded, module_names
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Instance,
    Itself,
    Library,
    Mapping,
    Member,
    Method,
    Module,
    Partial,
    Place,
    Response,
    Sequence,
    StatusValue,
    Super,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk


def attribute(walk: Walk, value: object, name: str, place: Place) -> object:
    """Return `value.name`; RaiseSignal with AttributeError when there is certainly none."""
    match value:
        case Instance():
            return _of_instance(walk, value, name, place)
        case Class():
            return _of_class(walk, value, name, place)
        case Library():
            known = walk.project.wrappers.get(f"{value.name}.{name}")
            return libraries.attribute(value.name, name) if known is None else Library(known)
        case Module():
            return _of_module(walk, value, name)
        case Response():
            if name in value.attributes:
                return value.attributes[name]
            return libraries.response_attribute(walk, value, name, place)
        case Body():
            return Method(Library(f"body.{name}"), value) if name in _BODY_METHODS else Body(value.response, name)
        case Super():
            return _of_super(walk, value, name)
        case Member():
            return _of_member(walk, value, name, place)
        case StatusValue():
            return _of_status(walk, value, name, place)
        case str() | Text():
            return Method(Library(f"str.{name}"), value)
        case bytes():
            return Method(Library(f"bytes.{name}"), value)
        case Sequence():
            return Method(Library(f"list.{name}"), value)
        case Mapping():
            return Method(Library(f"dict.{name}"), value)
        case Deferred():
            return Method(Library(f"deferred.{name}"), value)
        case Function() if name in ("__name__", "__qualname__"):
            return value.name
        case Function() if name in ("retry", "__wrapped__"):
            return value
        case Partial() if not name.startswith("__") and name not in ("func", "args", "keywords"):
            raise RaiseSignal(Instance(Library("builtins.AttributeError")), place)
        case bool():
            return Unknown(name)
        case int() if name in ("value", "real"):
            return value
        case Unknown():
            return Unknown(name, question=("attribute", value.question, name))
        case _:
            return Unknown(name)


_BODY_METHODS = frozenset({
    "get", "items", "keys", "values", "pop", "decode", "strip", "split", "lower", "startswith", "endswith", "json",
    "read", "find", "findall", "iter", "encode", "upper", "splitlines",
})  # fmt: skip


def bound(walk: Walk, found: object, receiver: object, place: Place) -> object:
    """Return a class member as it is seen through an instance."""
    from errdex.lint.interpreter.calls import call_function

    if isinstance(found, Function):
        if found.kind == "property":
            return call_function(walk, found, [receiver], {}, place, receiver=receiver)
        if found.kind == "cached_property":
            value = call_function(walk, found, [receiver], {}, place, receiver=receiver)
            if isinstance(receiver, Instance):
                receiver.attributes[found.name] = value
            return value
        if found.kind == "staticmethod":
            return found
        if found.kind == "classmethod":
            return Method(found, receiver.cls if isinstance(receiver, Instance) else receiver)
        return Method(found, receiver)
    if isinstance(found, Library) and isinstance(receiver, Instance):
        return Method(found, receiver)
    if isinstance(found, Instance) and isinstance(receiver, Instance):
        return _described(walk, found, receiver, receiver.cls, place)
    return found


def _described(walk: Walk, descriptor: Instance, receiver: object, owner: object, place: Place) -> object:
    """Return what a descriptor gives, and any other object as it is."""
    from errdex.lint.interpreter.calls import call_value

    get = member(descriptor.cls, "__get__")
    if get is None or not isinstance(get[0], Function):
        return descriptor
    return call_value(walk, Method(get[0], descriptor), [receiver, owner], {}, place)


def _of_instance(walk: Walk, value: Instance, name: str, place: Place) -> object:
    if name in value.attributes:
        return value.attributes[name]
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        return Mapping(value.attributes, is_open=True)
    found = member(value.cls, name)
    if found is not None:
        seen = bound(walk, found[0], value, place)
        if isinstance(found[0], Class | Library) and not isinstance(found[1], Library):
            return found[0]
        return seen
    base = library_base(value.cls)
    if base is not None and f"{base.name}.{name}" in walk.project.wrappers:
        return Library(walk.project.wrappers[f"{base.name}.{name}"])
    if base is not None:
        known = libraries.instance_attribute(walk, value, base.name, name, place)
        if known is not None:
            return known
    if value.lazy is not None:
        value.attributes[name] = Unknown(name)
        made = value.lazy(name)
        if made is not None:
            value.attributes[name] = made
            return made
        del value.attributes[name]
    hook = member(value.cls, "__getattr__")
    if hook is not None and isinstance(hook[0], Function):
        from errdex.lint.interpreter.calls import call_value

        try:
            return call_value(walk, Method(hook[0], value), [name], {}, place)
        except (RaiseSignal, CutSignal):
            return Unknown(name)
    return Unknown(name, question=("attribute", Itself(value), name))


def _of_class(walk: Walk, value: Class, name: str, place: Place) -> object:
    found = member(value, name)
    if found is None:
        return value.name if name in ("__name__", "__qualname__") else Unknown(name)
    inner = found[0]
    if isinstance(inner, Function) and inner.kind == "classmethod":
        return Method(inner, value)
    return _described(walk, inner, None, value, place) if isinstance(inner, Instance) else inner


def _of_module(walk: Walk, value: Module, name: str) -> object:
    names = module_names(walk, value.source)
    if name in names:
        return names[name]
    below = walk.project.find(name, value.source, 1) if value.source.path.endswith("__init__.py") else None
    if below is not None and not isinstance(below, str):
        return Module(below)
    return loaded(walk, value.source, name) or Unknown(name)


def _of_super(walk: Walk, value: Super, name: str) -> object:
    cls = value.receiver.cls if isinstance(value.receiver, Instance) else value.receiver
    if not isinstance(cls, Class) or value.owner not in ancestors(cls):
        cls = value.owner
    found = member(cls, name, after=value.owner)
    if found is None:
        return Unknown(name) if name != "__init__" else Method(Library("builtins.object.__init__"), value.receiver)
    if isinstance(found[0], Library):
        return Method(found[0], value.receiver)
    return bound(walk, found[0], value.receiver, Place("", 0, 0, 0, 0))


def _of_member(walk: Walk, value: Member, name: str, place: Place) -> object:
    if name in ("value", "_value_"):
        return value.value
    if name in ("name", "_name_"):
        return value.name
    found = member(value.cls, name)
    if found is None:
        return attribute(walk, value.value, name, place)
    if isinstance(found[0], Function):
        return bound(walk, found[0], value, place)
    return found[0]


def _of_status(walk: Walk, value: StatusValue, name: str, place: Place) -> object:
    if name in ("value", "status_code", "code", "real"):
        return value
    if isinstance(value.value, str):
        return Method(Library(f"text.{name}"), value)
    return libraries.class_check(walk, value, name, place)


def item(walk: Walk, value: object, key: object, place: Place) -> object:
    """Return `value[key]`; RaiseSignal with KeyError, IndexError or TypeError when there is certainly none."""
    key = key if isinstance(key, StatusValue) else plain(key)
    match value:
        case Mapping():
            return _entry(walk, value, key, place)
        case Sequence() if isinstance(key, int):
            if -len(value.items) <= key < len(value.items):
                return value.items[key]
            if value.open:
                return Unknown()
            raise RaiseSignal(Instance(Library("builtins.IndexError")), place)
        case Sequence() if isinstance(key, StatusValue) and isinstance(key.value, int):
            return value.items[key.value] if 0 <= key.value < len(value.items) else Unknown()
        case Body():
            own = f"[{key}]"
            if not value.key and own in value.response.attributes:
                return value.response.attributes[own]
            return Body(value.response, key if isinstance(key, str) else value.key)
        case str() if isinstance(key, int) and -len(value) <= key < len(value):
            return value[key]
        case StatusValue(value=str() as text) if isinstance(key, int) and -len(text) <= key < len(text):
            return StatusValue(text[key], value.response, exact=False, integer=False)
        case Library():
            return libraries.library_item(value.name, key)
        case Class() if value.enum and isinstance(key, str):
            return value.namespace.get(key, Unknown(key))
        case Instance():
            return _of_subscriptable(walk, value, key, place)
        case Partial() | Function() | Method():
            raise RaiseSignal(Instance(Library("builtins.TypeError")), place)
        case _:
            return Unknown(key if isinstance(key, str) else "")


def _of_subscriptable(walk: Walk, value: Instance, key: object, place: Place) -> object:
    found = member(value.cls, "__getitem__")
    if found is not None and isinstance(found[0], Function):
        from errdex.lint.interpreter.calls import call_value

        return call_value(walk, Method(found[0], value), [key], {}, place)
    fields = value.cls.fields if isinstance(value.cls, Class) else None
    if fields is not None and isinstance(key, int) and -len(fields) <= key < len(fields):
        return value.attributes.get(fields[key][0], Unknown())
    return Unknown(key if isinstance(key, str) else "")


def _entry(walk: Walk, value: Mapping, key: object, place: Place) -> object:
    found, answer = lookup_key(walk, value, key, place)
    if found:
        return answer
    if value.open or isinstance(key, Unknown | Text):
        return Unknown(key if isinstance(key, str) else "")
    raise RaiseSignal(Instance(Library("builtins.KeyError")), place)


def lookup_key(walk: Walk, value: Mapping, key: object, place: Place) -> tuple[bool, object]:
    """Look a key up in a mapping and record it, if the key is a status."""
    if isinstance(key, StatusValue):
        numbers = {one: held for key_, held in value.items.items() if isinstance(one := plain(key_), int | str)}
        found = key.value in numbers
        named = frozenset(
            int(number) for number in numbers if isinstance(number, int) or (len(number) == 3 and number.isdigit())
        )
        kind = "lookup" if key.exact else "range"
        walk.test(place, key.response, named if key.exact else frozenset(), key.value if found else None, kind)
        return found, numbers.get(key.value) if not isinstance(key.value, float) else None
    try:
        return key in value.items, value.items.get(key)
    except TypeError:
        return False, None
