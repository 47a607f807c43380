"""Assertions of `unittest.TestCase`: a check that no option of Python takes away (Lib/unittest/case.py)."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.values import Instance, Library, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

_TWO: dict[str, ast.cmpop] = {
    "assertEqual": ast.Eq(),
    "assertNotEqual": ast.NotEq(),
    "assertIs": ast.Is(),
    "assertIsNot": ast.IsNot(),
    "assertIn": ast.In(),
    "assertNotIn": ast.NotIn(),
    "assertLess": ast.Lt(),
    "assertLessEqual": ast.LtE(),
    "assertGreater": ast.Gt(),
    "assertGreaterEqual": ast.GtE(),
}
#: What the parameters of assertions are called, the first of each before the second.
_PARAMETERS = ("first", "expr1", "member", "a", "expr", "obj", "second", "expr2", "container", "b")


def is_test_case(owner: str) -> bool:
    """Return whether a class is one of the library's test cases, or a framework's that inherits from one."""
    return owner.rpartition(".")[2].endswith("TestCase")


def assertion(walk: Walk, name: str, positional: list[object], keywords: dict[str, object], place: Place) -> object:
    """Raise AssertionError when the assertion certainly fails."""
    from errdex.lint.interpreter.comparisons import compare_values, truth
    from errdex.lint.interpreter.machine import RaiseSignal

    positional = [*positional, *(keywords[parameter] for parameter in _PARAMETERS if parameter in keywords)]
    holds: object = None
    if name in _TWO and len(positional) > 1:
        holds = compare_values(walk, place, _TWO[name], positional[0], positional[1])
    elif name in ("assertTrue", "assertFalse") and positional and not isinstance(positional[0], Unknown):
        holds = truth(walk, positional[0], place) is (name == "assertTrue")
    elif name in ("assertIsNone", "assertIsNotNone") and positional:
        holds = compare_values(walk, place, ast.Is() if name == "assertIsNone" else ast.IsNot(), positional[0], None)
    elif name == "fail":
        holds = False
    if holds is False:
        raise RaiseSignal(Instance(Library("builtins.AssertionError")), place)
    return None
