"""The smallest program that still shows what a program shows: one piece less at a time, as long as it does."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def shrunk(text: str, shows: Callable[[str], bool]) -> str:
    """Return a program of which nothing can be left out; comments that begin with `# run:` stay."""
    entry = next(line for line in text.splitlines() if line.startswith("# run:"))
    tree = ast.parse(text)
    skip = 0
    while True:
        for number, smaller in enumerate(_smaller(tree)):
            if number < skip:
                continue
            made = _text(smaller, entry)
            if len(made) < len(_text(tree, entry)) and shows(made):
                tree, skip = smaller, number
                break
        else:
            if skip == 0:
                return _text(tree, entry)
            skip = 0


def _text(tree: ast.Module, entry: str) -> str:
    return f"{entry}\n{ast.unparse(ast.fix_missing_locations(tree))}\n"


def _smaller(tree: ast.Module) -> Iterator[ast.Module]:
    """Yield copies of the tree, each with one piece left out, the largest pieces first."""
    for number, node in enumerate(ast.walk(tree)):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                for index in range(len(value)):
                    for instead in _instead(node, name, value[index]):
                        yield _replaced(tree, number, name, index, instead)
            elif isinstance(value, ast.expr):
                for expression in _parts(value):
                    yield _replaced(tree, number, name, None, [expression])
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Dict):
            for index in range(len(node.keys)):
                made = _replaced(tree, number, "keys", index, [])
                yield _replaced(made, number, "values", index, [])


def _instead(node: ast.AST, name: str, value: object) -> Iterator[list[ast.AST]]:
    """Yield what may stand in a list in place of one of its items."""
    match value:
        case ast.stmt():
            yield []
            for field in ("body", "orelse", "finalbody"):
                inner = getattr(value, field, [])
                if inner and not isinstance(value, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    yield inner
        case ast.ExceptHandler() | ast.match_case() | ast.alias():
            yield []
        case ast.expr() if name in ("elts", "decorator_list") or isinstance(node, ast.BoolOp):
            yield []
            for part in _parts(value):
                yield [part]
        case ast.expr():
            for part in _parts(value):
                yield [part]
        case ast.pattern() if isinstance(node, ast.MatchOr):
            yield []


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    match value:
        case ast.BoolOp():
            yield from value.values
        case ast.UnaryOp(op=ast.Not()):
            yield value.operand
        case ast.IfExp():
            yield from (value.body, value.orelse, value.test)
        case ast.NamedExpr():
            yield value.value
        case ast.Tuple() | ast.List() if isinstance(value.ctx, ast.Load):
            yield from value.elts
        case ast.Dict():
            yield from value.values
        case _:
            return


def _replaced(tree: ast.Module, number: int, name: str, index: int | None, instead: list[ast.AST]) -> ast.Module:
    made = copy.deepcopy(tree)
    node = next(node for at, node in enumerate(ast.walk(made)) if at == number)
    if index is None:
        setattr(node, name, copy.deepcopy(instead[0]))
        return made
    held: list[ast.AST] = getattr(node, name)
    held[index : index + 1] = copy.deepcopy(instead)
    if name == "body" and not held and isinstance(node, ast.ClassDef):
        held.append(ast.Pass())
    return made
