"""Lines of client code that say nothing about what becomes of a response."""

from __future__ import annotations

import ast
from typing import TypeGuard

from errdex.records import NamedTuple


class Passages(NamedTuple):
    """Lines to leave out of account."""

    always: frozenset[int]
    """Lines of `finally` bodies, of `with` statements and of what they end with: they run on every way out."""
    loops: frozenset[int]
    """Heads of loops: running one again begins something new."""
    traces: frozenset[int]
    """Statements that leave something behind: calls by themselves, assignments to attributes and items."""
    functions: tuple[tuple[int, int], ...]
    """First and last line of each function."""
    bare: frozenset[int]
    """Lines of `return`, `return None` and `return name`: where they give None, falling off the end says as much."""

    def function_at(self, line: int) -> tuple[int, int]:
        """Return the innermost function around a line; of the file itself, nothing."""
        return max((span for span in self.functions if span[0] <= line <= span[1]), default=(0, 0))


def passages(source: str) -> Passages:
    """Return the lines of the source that run on every way out, the heads of its loops and its empty returns."""
    always: set[int] = set()
    loops: set[int] = set()
    traces: set[int] = set()
    functions: list[tuple[int, int]] = []
    bare: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            functions.append((node.lineno, node.end_lineno or node.lineno))
        if isinstance(node, ast.TryStar):
            # A body that raises nothing comes by the clauses as well.
            always.update(n for one in node.handlers for n in range(one.lineno, one.body[0].lineno))
        if isinstance(node, (ast.Try, ast.TryStar)):
            for statement in node.finalbody:
                always.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in ("__exit__", "__aexit__"):
            always.update(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            always.update(range(node.lineno, node.body[0].lineno))
        elif isinstance(node, ast.Return) and isinstance(node.value, (ast.Name, ast.Constant, type(None))):
            bare.add(node.lineno)
        elif _leaves_something(node):
            traces.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            loops.update(range(node.lineno, node.body[0].lineno))
    return Passages(frozenset(always), frozenset(loops), frozenset(traces), tuple(functions), frozenset(bare))


def _leaves_something(node: ast.AST) -> TypeGuard[ast.stmt]:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, (ast.Call, ast.Await))
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    return any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in targets)


def enclosing(source: str, line: int) -> range:
    """Return the lines of the innermost function around a line, without its head, or of the whole file."""
    found = range(1, source.count("\n") + 2)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            if line in lines and len(lines) < len(found):
                found = lines
    return found
