"""Modules: their names, evaluated once, and what imports bind."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from errdex.lint.interpreter.machine import (
    CutSignal,
    RaiseSignal,
    ReturnSignal,
    Walk,
    execute,
)
from errdex.lint.libraries import is_modelled
from errdex.lint.values import Class, Frame, Instance, Library, Mapping, Module, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.project import SourceModule
    from errdex.lint.values import Change


_CONFIGURING = frozenset({"mount", "append", "update", "add", "extend", "setdefault", "insert"})


def module_names(walk: Walk, source: SourceModule) -> dict[str, object]:
    """Return the names of a module, evaluating its body the first time."""
    if source.frame is None:
        source.frame = Frame(source, None)
        source.frame.names["__name__"] = "imported"
        source.frame.names["__file__"] = source.path
        changes = walk.project.changes
        before = len(changes)
        _execute_all(walk, source.frame, source.tree.body)
        # What a module changes when it is imported stays changed.
        del changes[before:]
        _declare(walk, source.frame)
        for value in source.frame.names.values():
            _freeze(value, changes)
    return source.frame.names


def _declare(walk: Walk, frame: Frame) -> None:
    """Let names stand for what the configuration says that they are: functions, classes, methods of classes."""
    path = os.path.abspath(frame.module.path) if walk.project.wrappers else ""
    module = path.removesuffix(".py").removesuffix(f"{os.sep}__init__").replace(os.sep, ".")
    for dotted, target in walk.project.wrappers.items():
        outer, _, name = dotted.rpartition(".")
        if module.endswith(f".{outer}"):
            frame.names[name] = Library(target)
        above, _, cls = outer.rpartition(".")
        held = frame.names.get(cls) if above and module.endswith(f".{above}") else None
        if isinstance(held, Class):
            held.namespace[name] = Library(target)


def declared(walk: Walk, dotted: str) -> Library:
    """Return a library's thing, or what the configuration says that it is."""
    return Library(walk.project.wrappers.get(dotted, dotted))


def _execute_all(walk: Walk, frame: Frame, body: list[ast.stmt]) -> None:
    """Execute a module's statements, both sides of what cannot be decided: any name may be asked for later."""
    for statement in body:
        match statement:
            case ast.Try():
                for handler in statement.handlers:
                    _execute_all(walk, frame, handler.body)
                _execute_all(walk, frame, [*statement.body, *statement.orelse, *statement.finalbody])
            case ast.If() if not _is_main(statement.test):
                _execute_all(walk, frame, statement.orelse)
                _execute_all(walk, frame, statement.body)
            case ast.Expr() if not _configures(statement.value):
                continue
            case ast.If() | ast.For() | ast.While() | ast.AsyncFor():
                continue
            case ast.With():
                _execute_all(walk, frame, statement.body)
            case _:
                quiet = Walk(walk.project)
                try:
                    execute(quiet, frame, [statement])
                except (RaiseSignal, ReturnSignal, CutSignal):
                    continue


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _configures(value: ast.expr) -> bool:
    """Return whether an expression statement changes an object of the module: `session.mount(...)`, not `main()`."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _CONFIGURING


def _freeze(value: object, changes: list[Change], depth: int = 0) -> None:
    if isinstance(value, Instance):
        value.changes = changes
    if isinstance(value, Sequence | Mapping):
        value.frozen = True
        if depth < 3:
            for inner in value.items.values() if isinstance(value, Mapping) else value.items:
                _freeze(inner, changes, depth + 1)
    if isinstance(value, Class) and depth < 3:
        for inner in value.namespace.values():
            _freeze(inner, changes, depth + 1)


def import_module(walk: Walk, dotted: str, importer: SourceModule, level: int = 0) -> object:
    """Return what `import dotted` binds at its end: a module of the project, else a library's name."""
    if not level and is_modelled(dotted):
        return Library(dotted)
    found = walk.project.find(dotted, importer, level)
    if isinstance(found, str):
        return Folder(found)
    if found is not None:
        return Module(found)
    return Unknown(dotted) if level else Library(dotted)


def _define(walk: Walk, source: SourceModule, name: str) -> bool:
    """Execute the statement that defines a name now, for modules that import one another in a circle."""
    for statement in source.tree.body:
        match statement:
            case ast.ClassDef(name=defined) | ast.FunctionDef(name=defined) | ast.AsyncFunctionDef(name=defined):
                found = defined == name
            case ast.Assign(targets=[ast.Name(id=defined)]) | ast.AnnAssign(target=ast.Name(id=defined)):
                found = defined == name
            case _:
                found = False
        if found and source.frame is not None:
            source.frame.names[name] = Unknown(name)
            _execute_all(walk, source.frame, [statement])
            return True
    return False


def loaded(walk: Walk, source: SourceModule, name: str) -> object:
    """Return what a package loads when it is asked for a name (PEP 562); None where that cannot be told."""
    from errdex.lint.interpreter.generated import exported

    return exported(walk, source, name)


class Folder:
    """A namespace package: a folder of the project without an `__init__.py`."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path


def import_name(walk: Walk, module: object, name: str, importer: SourceModule, dotted: str, level: int) -> object:
    """Return what `from dotted import name` binds."""
    if isinstance(module, Module):
        names = module_names(walk, module.source)
        if name in names or _define(walk, module.source, name):
            return names[name]
        below = walk.project.find(f"{dotted}.{name}" if dotted else name, importer, level)
        if below is not None and not isinstance(below, str):
            return Module(below)
        return loaded(walk, module.source, name) or Unknown(name)
    if isinstance(module, Library):
        return declared(walk, f"{module.name}.{name}")
    if isinstance(module, Folder):
        return import_module(walk, f"{dotted}.{name}" if dotted else name, importer, level)
    return Unknown(name)


def nowhere() -> SourceModule:
    """Return the module of classes that no file defines."""
    from errdex.lint.files import Source
    from errdex.lint.project import SourceModule as Made

    return Made("", ast.Module([], []), Source("", b"", ""), "")
