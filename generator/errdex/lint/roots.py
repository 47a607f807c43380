"""Where walks start: every function, method and module body of a file, called by nobody that is known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter.calls import call_value, run_deferred
from errdex.lint.interpreter.classes import ancestors
from errdex.lint.interpreter.frames import unknown_arguments
from errdex.lint.interpreter.generated import is_generated
from errdex.lint.interpreter.imagined import always_given, as_called, imagine, own_attributes
from errdex.lint.interpreter.machine import BreakSignal, ContinueSignal, RaiseSignal, ReturnSignal, execute
from errdex.lint.interpreter.modules import module_names
from errdex.lint.nodes import children
from errdex.lint.values import Class, Deferred, Frame, Function, Method, Place, Sequence, Unknown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.project import SourceModule

_NOWHERE = Place("", 0, 0, 0, 0)


class Root(NamedTuple):
    """A piece of code that walks start with."""

    module: SourceModule
    node: ast.AST
    """The `def` statement, or the module's tree."""
    name: str
    """`function`, `Class.method` or `<module>`."""
    owner: Class | None
    """The class that `self` is an instance of; None for plain functions."""
    outer: Root | None = None
    """The root that has to run first: the function inside which this one is defined."""

    @property
    def place(self) -> Place:
        """Where the root is defined."""
        if isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef):
            node = self.node
            return Place(self.module.path, node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
        return Place(self.module.path, 1, 0, 1, 0)


def find_roots(walk: Walk, module: SourceModule) -> Iterator[Root]:
    """Yield the roots of a module: its body, its own functions and the methods of its classes.

    What errdex generated sends no request, and is large.
    """
    if is_generated(module):
        return
    module_names(walk, module)
    yield Root(module, module.tree, "<module>", None)
    for statement, name, owner in _definitions(module):
        if not isinstance(statement, ast.ClassDef) and statement in module.definitions:
            yield Root(module, statement, name, owner)


def _definitions(
    module: SourceModule,
) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, str, Class | None]]:
    """Yield the functions and classes that a module defines, each with its name and its class: for a class, itself."""
    pending: list[tuple[list[ast.stmt], str, Class | None]] = [(module.tree.body, "", None)]
    while pending:
        body, prefix, owner = pending.pop(0)
        for statement in body:
            match statement:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    yield statement, f"{prefix}{statement.name}", owner
                case ast.ClassDef():
                    names = module.frame.names if module.frame is not None else {}
                    cls = names.get(statement.name) if owner is None else owner.namespace.get(statement.name)
                    if isinstance(cls, Class):
                        yield statement, f"{prefix}{statement.name}", cls
                        pending.append((statement.body, f"{prefix}{statement.name}.", cls))
                case ast.If() | ast.Try() | ast.With():
                    inner = [s for field in ("body", "orelse", "finalbody") for s in getattr(statement, field, [])]
                    inner += [s for handler in getattr(statement, "handlers", []) for s in handler.body]
                    pending.append((inner, prefix, owner))
                case _:
                    continue


def nested(root: Root) -> Iterator[Root]:
    """Yield the functions that are defined inside a root, each with the function that it is defined in."""
    if isinstance(root.node, ast.Module):
        return
    pending: list[tuple[ast.AST, Root]] = [(node, root) for node in children(root.node)]
    while pending:
        node, outer = pending.pop(0)
        if isinstance(node, ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            outer = Root(root.module, node, f"{outer.name}.{node.name}", None, outer)
            yield outer
        pending.extend((child, outer) for child in children(node))


class Heirs:
    """The classes that inherit from each class: their attributes may complete what its methods ask for."""

    def __init__(self, modules: Iterable[SourceModule]) -> None:
        self._of: dict[Class, list[Class]] = {}
        self._asked: dict[Class, frozenset[str] | None] = {}
        for statement, _, cls in (one for module in modules for one in _definitions(module)):
            for base in ancestors(cls) if cls is not None and isinstance(statement, ast.ClassDef) else ():
                if isinstance(base, Class) and base is not cls and cls is not None:
                    self._of.setdefault(base, []).append(cls)

    def of(self, root: Root, asked: frozenset[str] | None = None) -> Iterator[Root]:
        """Yield a method as those inherit it that do not say it anew, but give something to it or to what it calls.

        With `asked`, only as those inherit it that give one of these attributes.
        """
        name = getattr(root.node, "name", "")
        for cls in self._of.get(root.owner, ()) if root.owner is not None else ():
            said = (one for one in ancestors(cls) if isinstance(one, Class) and name in one.namespace)
            if (
                root.owner is not None
                and next(said, None) is root.owner
                and self._complete(cls, root.owner, name, asked)
            ):
                yield root._replace(name=f"{cls.name}.{name}", owner=cls)

    def are_kin(self, one: Class | None, base: Class | None) -> bool:
        """Return whether some class inherits from both, or one from the other."""
        if one is None or base is None:
            return False
        return any(base in ancestors(cls) for cls in (one, *self._of.get(one, ())))

    def _complete(self, cls: Class, base: Class, method: str, asked: frozenset[str] | None) -> bool:
        """Return whether a class gives its base's methods something that is asked for, or another constructor."""
        known = ancestors(base)
        further = [one for one in ancestors(cls) if one not in known]
        if asked is None:
            if base not in self._asked:
                self._asked[base] = _asked_of_self(one for one in known if isinstance(one, Class))
            asked = self._asked[base]
        if asked is None or not all(isinstance(one, Class) for one in further):
            return True
        added = {name for one in further if isinstance(one, Class) for name in (*one.namespace, *own_attributes(one))}
        # What follows the base in the order of inheritance is what its `super()` asks.
        follows = any(isinstance(one, Class) and method in one.namespace for one in further)
        return follows or not added.isdisjoint({"__init__", *asked})


def _asked_of_self(classes: Iterable[Class]) -> frozenset[str] | None:
    """Return the attributes that the text of classes asks for, other than their bases'; None for any."""
    asked = set[str]()
    for cls in classes:
        for node in ast.walk(cls.node) if cls.node is not None else ():
            match node:
                case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
                    continue
                case ast.Attribute(attr="__dict__") | ast.Name(id="getattr" | "vars" | "attrgetter" | "methodcaller"):
                    return None
                case ast.Attribute(attr=name):
                    asked.add(name)
                case _:
                    continue
    return frozenset(asked)


def run(walk: Walk, root: Root) -> object:
    """Walk a root and return what it returns; a coroutine is awaited, a generator is exhausted.

    Objects of modules are afterwards as they were before: no walk knows what another has done.

    Raises:
        RaiseSignal: the root raises.
        CutSignal: the walk was cut.
    """
    try:
        return _run(walk, root)
    finally:
        changes = walk.project.changes
        while changes:
            instance, attributes = changes.pop()
            instance.attributes = attributes


def _run(walk: Walk, root: Root) -> object:
    if isinstance(root.node, ast.Module):
        return _run_module(walk, root.module, root.node)
    if root.outer is not None and not _is_made(walk, root, root.outer):
        return None
    function, value = root.module.definitions[root.node]
    positional: list[object] = []
    if root.owner is not None and function.kind != "staticmethod":
        positional.append(root.owner if function.kind == "classmethod" else imagine(walk, root.owner, _NOWHERE))
    keywords = unknown_arguments(walk, function, skip=len(positional))
    called = _called(function) if any(value is None for value in keywords.values()) else ()
    if called or any(isinstance(value, str) for value in keywords.values()):
        for name in always_given(walk, function, root.owner) & keywords.keys():
            if isinstance(keywords[name], str) or (keywords[name] is None and name in called):
                keywords[name] = Unknown(name, default=keywords[name])
    if any(isinstance(value, Unknown) for value in keywords.values()):
        keywords.update(as_called(walk, function.name, function, keywords, objects=True))
    positional.extend(keywords.pop(one.arg) for one in function.node.args.posonlyargs[len(positional) :])
    walk.steps = 0
    target = _callable(value, function)
    if isinstance(target, Function) and positional:
        result = call_value(walk, Method(target, positional[0]), positional[1:], keywords, root.place)
    else:
        result = call_value(walk, target, positional, keywords, root.place)
    return _finished(walk, result, root.place)


def _is_made(walk: Walk, root: Root, outer: Root) -> bool:
    """Run the function around another one, which makes that anew for each walk, and return whether it did."""
    root.module.definitions.pop(root.node, None)
    walk.imagining += 1
    try:
        _run(walk, outer)
    except RaiseSignal:
        pass
    finally:
        walk.imagining -= 1
    return root.node in root.module.definitions


def _called(function: Function) -> frozenset[str]:
    """Return the names that a function calls: a parameter among them is a function that it was handed."""
    return frozenset(
        node.func.id
        for node in ast.walk(function.node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )


def _callable(value: object, function: Function) -> object:
    return value if isinstance(value, Function | Method) else function


def _finished(walk: Walk, result: object, place: Place) -> object:
    if not isinstance(result, Deferred):
        return result
    if not result.generator:
        return _finished(walk, run_deferred(walk, result, place), place)
    yielded = Sequence("generator", [])
    run_deferred(walk, result, place, yielded.items.append)
    return yielded


def _run_module(walk: Walk, module: SourceModule, tree: ast.Module) -> object:
    frame = Frame(module, None)
    known = module_names(walk, module)
    frame.names = {**known, "__name__": "__main__"}
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    body = [statement for statement in tree.body if not isinstance(statement, definitions)]
    walk.stack.append(_NOWHERE)
    walk.functions.append(tree)
    walk.entered.add(tree)
    try:
        execute(walk, frame, body)
    except (ReturnSignal, BreakSignal, ContinueSignal):
        return None
    finally:
        walk.stack.pop()
        walk.functions.pop()
    walk.exit = None
    return None
