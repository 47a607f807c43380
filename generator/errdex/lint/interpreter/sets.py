"""Containers as operands: what two of them have in common, and whether they are equal, member by member."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter import comparisons
from errdex.lint.values import Mapping, Sequence, Unknown

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place

#: Methods of sets by the operator that does the same.
OPERATORS: dict[str, ast.operator | ast.cmpop] = {
    "union": ast.BitOr(),
    "intersection": ast.BitAnd(),
    "difference": ast.Sub(),
    "symmetric_difference": ast.BitXor(),
    "issubset": ast.LtE(),
    "issuperset": ast.GtE(),
}


def combine(walk: Walk, place: Place, op: ast.operator, left: Sequence, right: Sequence) -> object:
    """Return `left | right`, `left & right`, `left - right` or `left ^ right`."""
    match op:
        case ast.BitOr():
            return Sequence("set", [*left.items, *right.items], is_open=left.open or right.open)
        case ast.BitAnd():
            return _kept(walk, place, left, right, inside=True)
        case ast.Sub():
            return _kept(walk, place, left, right, inside=False)
        case ast.BitXor():
            first = _kept(walk, place, left, right, inside=False)
            second = _kept(walk, place, right, left, inside=False)
            if isinstance(first, Sequence) and isinstance(second, Sequence):
                return combine(walk, place, ast.BitOr(), first, second)
            return Unknown()
        case _:
            return Unknown()


def _kept(walk: Walk, place: Place, left: Sequence, right: Sequence, *, inside: bool) -> object:
    """Return the members of one set that are, or are not, in another."""
    kept = []
    for item in left.items:
        answer = comparisons.contains(walk, place, item, right)
        if isinstance(answer, Unknown):
            return answer
        if answer is inside:
            kept.append(item)
    return Sequence("set", kept, is_open=left.open)


def relate(walk: Walk, place: Place, op: ast.cmpop, left: Sequence, right: Sequence) -> bool | Unknown:
    """Return what one of `< <= > >=` says of two sets."""
    if isinstance(op, ast.Gt | ast.GtE):
        left, right = right, left
    within = _within(walk, place, left, right)
    if isinstance(op, ast.LtE | ast.GtE) or within is not True:
        return within
    back = _within(walk, place, right, left)
    return back if isinstance(back, Unknown) else not back


def disjoint(walk: Walk, place: Place, left: Sequence, right: Sequence) -> bool | Unknown:
    """Return whether two sets have no member in common."""
    common = _kept(walk, place, left, right, inside=True)
    if not isinstance(common, Sequence) or (common.open and not common.items):
        return Unknown()
    return not common.items


def equal(walk: Walk, place: Place, left: Sequence | Mapping, right: Sequence | Mapping) -> bool | Unknown:
    """Return whether two containers hold the same."""
    if left.open or right.open:
        return Unknown()
    if isinstance(left, Mapping) or isinstance(right, Mapping):
        if not (isinstance(left, Mapping) and isinstance(right, Mapping)) or left.items.keys() != right.items.keys():
            return False
        return _all_equal(walk, place, [(value, right.items[key]) for key, value in left.items.items()])
    if left.kind == right.kind == "set":
        found = [_within(walk, place, left, right), _within(walk, place, right, left)]
        return False if False in found else next((one for one in found if isinstance(one, Unknown)), True)
    if left.kind != right.kind or len(left.items) != len(right.items):
        return False
    return _all_equal(walk, place, list(zip(left.items, right.items, strict=True)))


def _all_equal(walk: Walk, place: Place, pairs: list[tuple[object, object]]) -> bool | Unknown:
    unknown: Unknown | None = None
    for one, other in pairs:
        answer = comparisons.compare_values(walk, place, ast.Eq(), one, other)
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            unknown = answer
    return True if unknown is None else unknown


def _within(walk: Walk, place: Place, left: Sequence, right: Sequence) -> bool | Unknown:
    unknown: Unknown | None = Unknown() if left.open else None
    for item in left.items:
        answer = comparisons.contains(walk, place, item, right)
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            unknown = answer
    return True if unknown is None else unknown
