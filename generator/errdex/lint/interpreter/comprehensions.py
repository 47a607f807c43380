"""Comprehensions, element by element where the elements are known."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter.assignment import assign
from errdex.lint.interpreter.calls import iterate
from errdex.lint.interpreter.comparisons import plain, truth
from errdex.lint.interpreter.machine import evaluate, evaluates, place_of
from errdex.lint.values import Frame, Mapping, Sequence, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk


@evaluates(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def comprehension(walk: Walk, frame: Frame, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> object:
    """Evaluate a comprehension element by element, where the elements are known."""
    items: list[object] = []
    kind = "set" if isinstance(node, ast.SetComp) else "list"
    inner = _inner(frame)
    is_open = _generate(walk, inner, node.generators, lambda: items.append(evaluate(walk, inner, node.elt)))
    return Sequence(kind, items, is_open=is_open)


@evaluates(ast.DictComp)
def dict_comprehension(walk: Walk, frame: Frame, node: ast.DictComp) -> object:
    """Evaluate a dict comprehension."""
    result = Mapping({})
    inner = _inner(frame)

    def add() -> None:
        key = plain(evaluate(walk, inner, node.key))
        value = evaluate(walk, inner, node.value)
        try:
            result.items[key] = value
        except TypeError:
            result.open = True

    result.open = _generate(walk, inner, node.generators, add) or result.open
    return result


def _generate(walk: Walk, frame: Frame, generators: list[ast.comprehension], produce: Callable[[], object]) -> bool:
    """Run `produce` for each round of the `for` clauses; return whether there may be more rounds."""
    if not generators:
        produce()
        return False
    clause, *rest = generators
    place = place_of(frame, clause.iter)
    items, is_open = iterate(walk, evaluate(walk, frame, clause.iter), place)
    for value in [*items, *([Unknown()] if is_open and not items else [])]:
        walk.step()
        assign(walk, frame, clause.target, value)
        if all(truth(walk, evaluate(walk, frame, test), place_of(frame, test)) for test in clause.ifs):
            is_open = _generate(walk, frame, rest, produce) or is_open
    return is_open


def _inner(frame: Frame) -> Frame:
    """Return the frame of a comprehension, which sees the names around it."""
    inner = Frame(frame.module, frame, frame.function)
    inner.owner, inner.receiver, inner.yields = frame.owner, frame.receiver, frame.yields
    return inner
