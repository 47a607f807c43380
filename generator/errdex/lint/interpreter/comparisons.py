"""Questions that client code asks: comparisons, membership and truth, and what they tell of the status.

Three answers are possible: True, False and Unknown. A question about the tracked response's status is answered for
the status that the walk supposes, and recorded with the statuses that it names.
"""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING

from errdex.lint.interpreter.bodies import body_has, body_truth
from errdex.lint.interpreter.machine import evaluate, evaluates, place_of
from errdex.lint.interpreter.strings import holds_segments, parts_of
from errdex.lint.values import (
    Body,
    Class,
    Deferred,
    Function,
    Hole,
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
    Span,
    StatusValue,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import (
        Frame,
    )

_OPERATORS: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,  # type: ignore[dict-item]
    ast.LtE: operator.le,  # type: ignore[dict-item]
    ast.Gt: operator.gt,  # type: ignore[dict-item]
    ast.GtE: operator.ge,  # type: ignore[dict-item]
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
}
#: What no segment of a path has: a query begins with it, or its next pair.
_DELIMITERS = frozenset({"?", "&", "#"})
_EQUALITY = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)


def plain(value: object) -> object:
    """Return the constant that a value is in a comparison; the value itself when it is none."""
    return plain(value.value) if isinstance(value, Member) else value


def is_constant(value: object) -> bool:
    """Return whether the value is one that the code itself could hold as a literal."""
    return value is None or isinstance(value, str | int | float | bytes | complex) or value is ...


def truth(walk: Walk, value: object, place: Place) -> bool:
    """Return whether the value counts as true on this path."""
    answer = known_truth(walk, value, place)
    return walk.decide(answer, place) if isinstance(answer, Unknown) else answer


def known_truth(walk: Walk, value: object, place: Place) -> bool | Unknown:
    """Return whether the value counts as true, Unknown when that cannot be told."""
    value = plain(value)
    match value:
        case Unknown():
            return value
        case Text():
            return True if any(isinstance(part, str) for part in value.parts) else Unknown(question=("truth", value))
        case Sequence() | Mapping():
            if value.open and all(isinstance(item, Unknown) for item in value.items):
                return Unknown(question=("truth", Itself(value)))
            return bool(value.items)
        case Response():
            return _response_truth(walk, value, place)
        case StatusValue():
            return _status_truth(walk, value, place)
        case Body():
            return body_truth(walk, value, place)
        case Instance():
            return _instance_truth(walk, value, place)
        case _ if is_constant(value):
            return bool(value)
        case _:
            return True


def _instance_truth(walk: Walk, value: Instance, place: Place) -> bool | Unknown:
    from errdex.lint.interpreter.calls import call_value
    from errdex.lint.interpreter.classes import member

    for name in ("__bool__", "__len__"):
        own = member(value.cls, name)
        if own is not None and isinstance(own[0], Function):
            return known_truth(walk, call_value(walk, Method(own[0], value), [], {}, place), place)
    return True


def _status_truth(walk: Walk, value: StatusValue, place: Place) -> bool:
    answer = bool(value.value)
    if value.integer and value.value != value.response.status:
        # No status is zero, but what is left of it may be: `status % 100`, `status - 200`.
        walk.test(place, value.response, frozenset(), answer, "range")
    return answer


def _response_truth(walk: Walk, response: Response, place: Place) -> bool | Unknown:
    # requests: Response.__bool__ returns self.ok (requests/models.py); the other libraries define none.
    if response.library not in ("requests", "any"):
        return True
    if response.library == "any":
        return True
    if response.status is None:
        return Unknown(question=("ok", Itself(response)))
    answer = response.status < 400
    walk.test(place, response, frozenset(), answer, "truth")
    return answer


@evaluates(ast.Compare)
def compare(walk: Walk, frame: Frame, node: ast.Compare) -> object:
    """Evaluate a comparison, chained ones pair by pair."""
    place = place_of(frame, node)
    left = evaluate(walk, frame, node.left)
    unknown: object = None
    for index, (op, right_node) in enumerate(zip(node.ops, node.comparators, strict=True)):
        right = evaluate(walk, frame, right_node)
        where = place if index == 0 else Place(*place[:2], place.column + index, *place[3:])
        answer = compare_values(walk, where, op, left, right)
        if answer is False:
            return False
        if answer is not True:
            unknown = answer
        left = right
    return True if unknown is None else unknown


def compare_values(walk: Walk, place: Place, op: ast.cmpop, left: object, right: object) -> object:
    """Return True, False or Unknown for one comparison, and record what it asks of the status."""
    left, right = plain(left), plain(right)
    if isinstance(op, ast.In | ast.NotIn):
        answer = contains(walk, place, left, right)
        if isinstance(answer, Unknown):
            return answer if isinstance(op, ast.In) else negated(answer)
        return answer if isinstance(op, ast.In) else not answer
    if isinstance(right, StatusValue) and not isinstance(left, StatusValue):
        return compare_values(walk, place, _MIRRORED.get(type(op), type(op))(), right, left)
    if isinstance(left, StatusValue):
        return _compare_status(walk, place, op, left, right)
    if is_constant(left) and is_constant(right):
        if isinstance(op, ast.Is | ast.IsNot) and type(left) is not type(right):
            # 0 equals False, and is another object.
            return isinstance(op, ast.IsNot)
        return _apply(op, left, right)
    if isinstance(left, Response) and isinstance(right, int) and isinstance(op, _EQUALITY):
        if left.tracked:
            walk.constants[place] = f"a response is no number and never equals {right}"
        return isinstance(op, ast.NotEq | ast.IsNot)
    if isinstance(left, Sequence | Mapping) and isinstance(right, Sequence | Mapping):
        told = _compare_containers(walk, place, op, left, right)
        if told is not None:
            return told
    if isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq):
        same = _same(left, right)
        if same is not None:
            return same if isinstance(op, ast.Is | ast.Eq) else not same
    positive = isinstance(op, ast.Is | ast.Eq)
    asked = Unknown(
        question=("compare", _key(left), "==" if isinstance(op, _EQUALITY) else type(op).__name__, _key(right))
    )
    asked.default = _likely(left, right) if isinstance(op, _EQUALITY) else True
    if isinstance(op, _EQUALITY) and not positive:
        return negated(asked)
    return asked


def _compare_containers(
    walk: Walk, place: Place, op: ast.cmpop, left: Sequence | Mapping, right: Sequence | Mapping
) -> object:
    """Return what a comparison says of two containers, None when their members do not decide it."""
    from errdex.lint.interpreter import sets

    if isinstance(op, ast.Eq | ast.NotEq):
        same = sets.equal(walk, place, left, right)
        if isinstance(same, Unknown):
            return None
        return same if isinstance(op, ast.Eq) else not same
    if isinstance(left, Sequence) and isinstance(right, Sequence) and left.kind == right.kind == "set":
        return None if isinstance(op, ast.Is | ast.IsNot) else sets.relate(walk, place, op, left, right)
    return None


def negated(value: Unknown) -> Unknown:
    """Return the opposite of an unknown truth, as the same question."""
    inner = value.question
    if isinstance(inner, tuple) and inner and inner[0] == "not":
        return Unknown(question=inner[1], default=not value.default)
    return Unknown(question=("not", inner), default=not (value.default if value.default is not None else True))


def _likely(left: object, right: object) -> bool:
    # A parameter that defaults to None is None until somebody says otherwise.
    return not (isinstance(left, Unknown) and right is None)


def _apply(op: ast.cmpop, left: object, right: object) -> object:
    try:
        return _OPERATORS[type(op)](left, right)
    except TypeError:
        return Unknown()


_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def _compare_status(walk: Walk, place: Place, op: ast.cmpop, left: StatusValue, right: object) -> object:
    other = right.value if isinstance(right, StatusValue) else right
    if isinstance(other, Sequence | Mapping | Class | Function) and isinstance(op, _EQUALITY):
        return isinstance(op, ast.NotEq | ast.IsNot)
    if not is_constant(other):
        return Unknown(question=("status", Itself(left.response), _key(right)))
    if left.integer and isinstance(other, str):
        # int == "404" is never true.
        walk.test(place, left.response, frozenset(), False, "text")
        if left.response.tracked:
            walk.constants[place] = f"the status is a number and never equals the text {other!r}"
        return isinstance(op, ast.NotEq | ast.IsNot) if isinstance(op, _EQUALITY) else Unknown()
    answer = _apply(op, left.value, other)
    equality = isinstance(op, _EQUALITY)
    if isinstance(left.value, float) and equality and isinstance(other, int) and other < 10:
        walk.test(place, left.response, frozenset(), answer, "float")
        if left.response.tracked:
            walk.constants[place] = f"`/` divides to a fraction, which equals {other} for {other * 100} alone"
    elif left.exact and equality:
        walk.test(place, left.response, _named([other]), answer, "value")
    else:
        walk.test(place, left.response, frozenset(), answer, "range")
    return answer


def _named(values: list[object]) -> frozenset[int]:
    numbers = set()
    for value in map(plain, values):
        if isinstance(value, str) and value.isdigit() and len(value) == 3:
            numbers.add(int(value))
        elif isinstance(value, int) and not isinstance(value, bool):
            numbers.add(value)
    return frozenset(numbers)


def contains(walk: Walk, place: Place, left: object, right: object) -> bool | Unknown:
    """Return `left in right`, recorded when it asks for a status."""
    left = plain(left)
    match right:
        case Sequence() | Mapping():
            items = list(right.items)
            if isinstance(left, StatusValue):
                values = [plain(item) for item in items]
                found = left.value in [value for value in values if is_constant(value)]
                if not found and right.open:
                    return Unknown(question=("in", Itself(left.response), Itself(right)))
                kind = "value" if left.exact else "range"
                walk.test(place, left.response, _named(items) if left.exact else frozenset(), found, kind)
                return found
            if is_constant(left):
                if left in [plain(item) for item in items if is_constant(plain(item))]:
                    return True
                statuses = [item for item in items if isinstance(item, StatusValue)]
                if any(_compare_status(walk, place, ast.Eq(), status, left) is True for status in statuses):
                    return True
                known = all(is_constant(plain(item)) or isinstance(item, StatusValue) for item in items)
                return False if known and not right.open else Unknown()
            return Unknown(question=("in", _key(left), Itself(right)))
        case Span() if isinstance(left, StatusValue) and isinstance(left.value, int):
            found = left.value in range(right.start, right.stop, right.step)
            walk.test(place, left.response, frozenset(), found, "range")
            return found
        case Body() if isinstance(left, str):
            return body_has(walk, right, left, place)
        case StatusValue() if isinstance(left, str) and isinstance(right.value, str):
            # str(error) of a library's exception begins with the status or holds it.
            found = left in right.value
            walk.test(place, right.response, _named([left]), found, "value" if left.isdigit() else "range")
            return found
        case str() if isinstance(left, str):
            return left in right
        case str() if isinstance(left, StatusValue) and isinstance(left.value, str):
            found = left.value in right
            walk.test(place, left.response, frozenset(), found, "range")
            return found
        case Text() if isinstance(left, str):
            if any(isinstance(part, str) and left in part for part in right.parts):
                return True
            return False if left in _DELIMITERS and holds_segments(right) else Unknown()
        case Class() if right.enum:
            return contains(walk, place, left, Sequence("tuple", list(right.namespace.values())))
        case _:
            return Unknown(question=("in", _key(left), _key(right)))


def _same(left: object, right: object) -> bool | None:
    """Return whether two values that are not both constants are the same, None when unknown."""
    unlike = (Response, Instance, Function, Class, Sequence, Mapping, Method, Module, Library, Deferred, Partial)
    if left is right and not isinstance(left, Unknown):
        return True
    if isinstance(left, Library) and isinstance(right, Library):
        return left == right
    if isinstance(left, Class | Library | Function) and isinstance(right, Class | Library | Function):
        return False
    if isinstance(left, unlike) and (right is None or isinstance(right, bool)):
        return False
    if isinstance(right, unlike) and (left is None or isinstance(left, bool)):
        return False
    if isinstance(left, Text) and right is None:
        return False
    if isinstance(left, Body) and (right is None or isinstance(right, bool)) and not left.key:
        return False
    if isinstance(left, Text) and isinstance(right, str):
        first, last = left.parts[0], left.parts[-1]
        if isinstance(first, str) and not right.startswith(first):
            return False
        if isinstance(last, str) and not right.endswith(last):
            return False
    return None


def identity(value: object, depth: int = 0) -> object:
    """Return what two values have in common when they are the same content, however often it was made."""
    match value:
        case Sequence() if depth < 4:
            return (value.kind, *(identity(item, depth + 1) for item in value.items))
        case Mapping() if depth < 4:
            return ("dict", *((str(key), identity(item, depth + 1)) for key, item in value.items.items()))
        case _:
            return _key(value)


def _key(value: object) -> object:
    match value:
        case Unknown():
            return value.question
        case Text():
            return tuple(part if isinstance(part, str) else ("hole", *part) for part in parts_of(value))
        case Hole():
            return value.name
        case Body():
            return ("body", id(value.response), value.key)
        case _ if is_constant(value):
            return (type(value).__name__, value)
        case _:
            return id(value)
