"""Objects that nobody made: instances for methods that are walked by themselves, and arguments that nobody passed.

The constructor is walked with what is known of its arguments: the annotated class, the default, what the project itself
calls it with. The outcome is kept for later walks that choose alike: making up a client object is most of the work of
walking one of its short methods.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeGuard

from errdex.lint import libraries
from errdex.lint.interpreter.classes import ancestors, declared_fields, library_base, member
from errdex.lint.interpreter.frames import unknown_arguments
from errdex.lint.interpreter.machine import CutSignal, RaiseSignal, evaluate, place_of
from errdex.lint.interpreter.modules import module_names
from errdex.lint.values import Class, Frame, Function, Instance, Library, Mapping, Method, Partial, Sequence, Unknown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Site, Walk
    from errdex.lint.values import Place

#: Calls of one function that are looked at for what it is called with.
_MOST_CALLS = 8
#: Choices on the way to an argument that are worth taking otherwise: with more, the function itself gets no turn.
_MOST_CHOICES = 6


class Imagined(NamedTuple):
    """An instance as one walk made it up."""

    choices: tuple[tuple[Site, int, int], ...]
    """What the walk chose on the way."""
    answers: tuple[tuple[object, bool], ...]
    """What it answered."""
    instance: Instance
    """As it was made up; walks work on copies."""


def imagine(walk: Walk, cls: Class, place: Place) -> Instance:
    """Return an instance that nobody made: its constructor walked with unknown arguments."""
    instance = Instance(cls)
    instance.lazy = lambda name: _assigned_elsewhere(walk, cls, instance, name)
    known = _recalled(walk, cls)
    if known is not None:
        walk.taken.extend(known.choices)
        walk.answers.update(known.answers)
        copies: dict[int, object] = {id(known.instance): instance}
        held = known.instance.attributes
        instance.attributes = {name: _copied(walk, value, copies) for name, value in held.items()}
        return instance
    start, answered = len(walk.taken), set(walk.answers)
    _construct(walk, cls, instance, place)
    if not any(isinstance(value, Instance) and value.cls is cls for value in instance.attributes.values()):
        answers = tuple((question, answer) for question, answer in walk.answers.items() if question not in answered)
        template = Instance(cls)
        copies = {id(instance): template}
        template.attributes = {name: _copied(walk, value, copies) for name, value in instance.attributes.items()}
        walk.project.imagined.setdefault(cls, []).append(Imagined(tuple(walk.taken[start:]), answers, template))
    return instance


def _recalled(walk: Walk, cls: Class) -> Imagined | None:
    """Return what an earlier walk made up by the choices that this walk is about to take."""
    start = len(walk.taken)
    for known in walk.project.imagined.get(cls, ()):
        planned = walk.plan[start : start + len(known.choices)]
        options = tuple(option for _, option, _ in known.choices)
        if options == planned + (0,) * (len(options) - len(planned)):
            return known
    return None


def _copied(walk: Walk, value: object, copies: dict[int, object]) -> object:
    """Return a value that a walk may change without changing it for others."""
    if id(value) in copies:
        return copies[id(value)]
    match value:
        case Sequence():
            made: object = Sequence(
                value.kind, [_copied(walk, item, copies) for item in value.items], is_open=value.open
            )
        case Mapping():
            items = {key: _copied(walk, item, copies) for key, item in value.items.items()}
            made = Mapping(items, is_open=value.open)
        case Instance():
            twin = Instance(value.cls)
            copies[id(value)] = made = twin
            if value.lazy is not None and isinstance(value.cls, Class):
                cls = value.cls
                twin.lazy = lambda name: _assigned_elsewhere(walk, cls, twin, name)
            twin.attributes = {name: _copied(walk, one, copies) for name, one in value.attributes.items()}
        case Method():
            return Method(value.function, _copied(walk, value.receiver, copies))
        case _:
            return value
    copies[id(value)] = made
    return made


def _construct(walk: Walk, cls: Class, instance: Instance, place: Place) -> None:
    from errdex.lint.interpreter.calls import call_function  # calls construct, constructors call

    fields = declared_fields(cls)
    if fields is not None:
        for name, default in fields:
            if default is None or isinstance(default, bool):
                instance.attributes[name] = Unknown(name, default=default)
            elif not isinstance(default, Unknown):
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
            return
        finally:
            walk.imagining -= 1
    elif (base := library_base(cls)) is not None:
        libraries.initialize(instance, base.name, [], {})
    _forget_beginnings(walk, cls, instance)


def as_called(
    walk: Walk, name: str, function: Function, arguments: dict[str, object], *, objects: bool = False
) -> dict[str, object]:
    """Return what the project itself calls a function or class with, for arguments that nothing else is known of.

    `objects` leaves out texts: a helper's path is known where it is said, not wherever the helper stands. Those of
    tests are made up, too, and are left out: what they call a client's host is where no other call goes.
    """
    skip = 1 if function.owner is not None and function.kind != "staticmethod" else 0
    parameters = [parameter.arg for parameter in (*function.node.args.posonlyargs, *function.node.args.args)][skip:]
    found: dict[str, object] = {}
    walk.imagining += 1
    try:
        calls = sorted(walk.project.calls(name), key=lambda one: one[0].is_test)
        for module, call, around in calls[:_MOST_CALLS]:
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
                start = len(walk.taken)
                value = _told(walk, frame, node, around)
                if len(walk.taken) - start > _MOST_CHOICES:
                    walk.taken[start:] = [(site, option, 1) for site, option, _ in walk.taken[start:]]
                if isinstance(value, Instance | Function | Method | Partial) or not (
                    objects or module.is_test or value is None or isinstance(value, Unknown)
                ):
                    found[parameter] = value
    finally:
        walk.imagining -= 1
    return found


def always_given(walk: Walk, function: Function, owner: Class | None) -> frozenset[str]:
    """Return the parameters that every call in the project gives: their defaults are what no call means.

    Calls through objects other than `self` are not counted: their methods may be others' of the same name. A method
    that its `owner` inherits is called in the modules of its own family, not in those of its cousins. Of a helper that
    is inherited or private and that nobody calls, no default is meant.
    """
    inherited = owner is not function.owner
    family = {one.module for one in ancestors(owner) if isinstance(one, Class)} if inherited else None
    skip = 1 if function.owner is not None and function.kind != "staticmethod" else 0
    parameters = [parameter.arg for parameter in (*function.node.args.posonlyargs, *function.node.args.args)][skip:]
    calls = [
        call
        for module, call, _ in walk.project.calls(function.name)
        if _is_plain(call.func) and (family is None or module in family)
    ]
    given = [
        {*parameters[: len(call.args)], *(keyword.arg for keyword in call.keywords if keyword.arg is not None)}
        for call in calls
    ]
    if not given:
        return frozenset(parameters) if inherited or function.name.startswith("_") else frozenset()
    return frozenset(parameters).intersection(*given)


def _is_plain(called: ast.expr) -> bool:
    """Return whether a function or a method of the same object is called."""
    return isinstance(called, ast.Name) or (
        isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in ("self", "cls")
    )


def _told(walk: Walk, frame: Frame, node: ast.expr, function: ast.AST | None, depth: int = 0) -> object:
    """Evaluate an argument in its module; local names by the last plain assignment before it."""
    if function is not None and depth < 3:
        # In the order of the text: which names are known first must not depend on the hash seed.
        used = dict.fromkeys(one.id for one in ast.walk(node) if isinstance(one, ast.Name))
        for name in [name for name in used if name not in frame.names]:
            before = [value for value in walk.project.assigned(function).get(name, ()) if value.lineno <= node.lineno]
            if name == "self" and walk.imagining < 3 and (owner := _owner(walk, frame, function)):
                frame.names[name] = frame.receiver = imagine(walk, owner, place_of(frame, node))
            elif before:
                frame.names[name] = Unknown(name)
                frame.names[name] = _told(walk, frame, before[-1], function, depth + 1)
    try:
        return evaluate(walk, frame, node)
    except (RaiseSignal, CutSignal):
        return Unknown()


def _owner(walk: Walk, frame: Frame, function: ast.AST) -> Class | None:
    """Return the class whose method the function is."""
    module_names(walk, frame.module)
    known, _ = frame.module.definitions.get(function, (None, None))
    return known.owner if known is not None else None


def _forget_beginnings(walk: Walk, cls: Class, instance: Instance) -> None:
    """Let go of what only holds right after construction: empty containers, and flags that other methods set."""
    for name, value in list(instance.attributes.items()):
        if isinstance(value, Sequence | Mapping) and not value.items:
            value.open = True
        elif (value is None or isinstance(value, bool | int)) and name in _reassigned(cls):
            asked = walk.asked
            made = _assigned_elsewhere(walk, cls, instance, name) if value is None else None
            # What a request brings is asked for when it is needed: here it may be there, or not yet.
            known = made is not None and walk.asked == asked
            instance.attributes[name] = made if known else Unknown(name, default=value)


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
            walk.imagining += 1
            try:
                value = evaluate(walk, frame, node.value) if node.value is not None else Unknown(name)
            except (RaiseSignal, CutSignal):
                value = Unknown(name)
            finally:
                walk.imagining -= 1
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


def own_attributes(cls: Class) -> frozenset[str]:
    """Return the attributes that a class declares, and those that its own methods assign to `self`."""
    return frozenset((*_assignments(cls), *(name for name, _ in cls.fields or ())))


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
            if not isinstance(inner, ast.Tuple):
                return annotated(walk, frame, inner, name)
            told = (libraries.injected(walk, evaluate(walk, frame, one)) for one in inner.elts[1:])
            return next((one for one in told if one is not None), None) or annotated(walk, frame, inner.elts[0], name)
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
            return imagine(walk, _concrete(walk, cls), place_of(frame, annotation))
        finally:
            walk.stack.pop()
    return None


def _concrete(walk: Walk, cls: Class) -> Class:
    """Return the first class that makes an abstract one whole; any other class, and one without such, itself."""
    if not _is_abstract(cls):
        return cls
    heirs = (module_names(walk, module).get(name) for module, name in walk.project.heirs(cls.name))
    whole = (one for one in heirs if isinstance(one, Class) and cls in ancestors(one) and not _is_abstract(one))
    return next(whole, cls)


def _is_abstract(cls: Class) -> bool:
    return cls.node is not None and any(
        getattr(mark, "id", getattr(mark, "attr", "")) == "abstractmethod"
        for one in cls.node.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        for mark in one.decorator_list
    )
