"""Expressions: literals, names, operators, containers and comprehensions."""

from __future__ import annotations

import ast
import builtins
import operator
from typing import TYPE_CHECKING

from errdex.lint import libraries
from errdex.lint.interpreter import comparisons, sets, strings
from errdex.lint.interpreter.assignment import assign
from errdex.lint.interpreter.attributes import attribute, item
from errdex.lint.interpreter.calls import call, iterate, run_deferred
from errdex.lint.interpreter.comparisons import known_truth, negated, truth
from errdex.lint.interpreter.machine import evaluate, evaluates, place_of
from errdex.lint.interpreter.modules import module_names
from errdex.lint.values import (
    Body,
    Deferred,
    Function,
    Hole,
    Instance,
    Library,
    Mapping,
    Sequence,
    StatusValue,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.interpreter.strings import Part
    from errdex.lint.values import (
        Frame,
    )

_ARITHMETIC: dict[type[ast.operator], Callable[[object, object], object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
    ast.RShift: operator.rshift,
}

#: Larger numbers and longer strings are not computed.
_MOST = 1_000_000

#: Of the items of two lists that are added to one another, more are not kept: what doubles would fill the memory.
MOST_JOINED = 10_000


@evaluates(ast.Constant)
def constant(walk: Walk, frame: Frame, node: ast.Constant) -> object:
    """Evaluate a literal."""
    return node.value


@evaluates(ast.Name)
def name(walk: Walk, frame: Frame, node: ast.Name) -> object:
    """Evaluate a name: local, closed over, of the module, built in."""
    return lookup(walk, frame, node.id)


def lookup(walk: Walk, frame: Frame, identifier: str) -> object:
    """Return what a name stands for in a frame, Unknown when nothing on this path has bound it."""
    scope: Frame | None = frame
    while scope is not None and identifier not in frame.globals:
        if identifier in scope.names and not (scope is not frame and scope.is_class):
            return scope.names[identifier]
        scope = scope.parent
    names = module_names(walk, frame.module)
    if identifier in names:
        return names[identifier]
    if hasattr(builtins, identifier) or identifier in ("reveal_type", "WindowsError"):
        return Library(f"builtins.{identifier}")
    return Unknown(identifier, question=("name", frame.module.path, identifier))


@evaluates(ast.JoinedStr)
def joined_string(walk: Walk, frame: Frame, node: ast.JoinedStr) -> object:
    """Evaluate an f-string."""
    parts: list[Part] = []
    for piece in node.values:
        if isinstance(piece, ast.FormattedValue):
            value = evaluate(walk, frame, piece.value)
            if isinstance(value, StatusValue) and len(node.values) == 1:
                return StatusValue(str(value.value), value.response, value.exact, integer=False)
            if isinstance(value, StatusValue):
                parts.append(str(value.value))
            else:
                parts.extend(strings.parts_of(value, _display(piece.value)))
        elif isinstance(piece, ast.Constant):
            parts.append(str(piece.value))
    return strings.text_of(parts)


def _display(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
        case ast.Call(func=ast.Name(id=called)) | ast.Call(func=ast.Attribute(attr=called)):
            return called
        case _:
            return ""


@evaluates(ast.BinOp)
def binary(walk: Walk, frame: Frame, node: ast.BinOp) -> object:
    """Evaluate an operator; long chains of one operator without recursion."""
    chain: list[ast.BinOp] = [node]
    while isinstance(chain[-1].left, ast.BinOp):
        chain.append(chain[-1].left)
    value = evaluate(walk, frame, chain[-1].left)
    for link in reversed(chain):
        right = evaluate(walk, frame, link.right)
        if isinstance(value, Sequence) and isinstance(right, Sequence) and value.kind == right.kind == "set":
            value = sets.combine(walk, place_of(frame, link), link.op, value, right)
        else:
            value = apply(link.op, value, right)
    return value


def apply(op: ast.operator, left: object, right: object) -> object:
    """Return the result of a binary operator, Unknown where it cannot be told."""
    left, right = comparisons.plain(left), comparisons.plain(right)
    match left, right:
        case (str() | Text(), _) if isinstance(op, ast.Mod):
            return strings.percent(left, right)
        case ((str() | Text()), (str() | Text() | Unknown())) | (Unknown(), (str() | Text())) if isinstance(
            op, ast.Add
        ):
            return strings.text_of((*strings.parts_of(left), *strings.parts_of(right)))
        case Instance(attributes={"__url__": url}), str() | Text() | Unknown() if isinstance(op, ast.Div | ast.Mod):
            slash = "/" if isinstance(op, ast.Div) else "?"
            joined = strings.text_of(
                (
                    *strings.parts_of(strings.method("rstrip", str(url), ["/"], {}) if isinstance(url, str) else url),
                    slash,
                    *strings.parts_of(right),
                )
            )
            return Instance(left.cls, {"__url__": joined})
        case Instance(cls=Library()), _ if isinstance(op, ast.BitOr | ast.BitAnd):
            return libraries.combine(left, right, either=isinstance(op, ast.BitOr))
        case StatusValue(), int() | float():
            return _status_arithmetic(op, left, right)
        case Sequence(), Sequence() if isinstance(op, ast.Add | ast.BitOr):
            return joined_items(left, right)
        case Mapping(), Mapping() if isinstance(op, ast.BitOr):
            return Mapping({**left.items, **right.items}, is_open=left.open or right.open)
        case _ if comparisons.is_constant(left) and comparisons.is_constant(right):
            return _compute(op, left, right)
        case Sequence(), _ if isinstance(op, ast.Add):
            return Sequence(left.kind, list(left.items), is_open=True)
        case Unknown(), Sequence() if isinstance(op, ast.Add):
            return Sequence(right.kind, list(right.items), is_open=True)
        case _:
            return Unknown()


def joined_items(left: Sequence, right: Sequence) -> Sequence:
    """Return the items of both, as far as they are not more than anybody writes."""
    items = [*left.items, *right.items[: max(MOST_JOINED - len(left.items), 0)]]
    is_whole = len(items) == len(left.items) + len(right.items)
    return Sequence(left.kind, items, is_open=left.open or right.open or not is_whole)


def _compute(op: ast.operator, left: object, right: object) -> object:
    compute = _ARITHMETIC.get(type(op))
    sizes = [
        len(x) if isinstance(x, str | bytes) else abs(x) if isinstance(x, int | float) else 0 for x in (left, right)
    ]
    if compute is None or max(sizes) > _MOST or (sizes[0] * sizes[1] > _MOST and isinstance(op, ast.Mult)):
        return Unknown()
    try:
        return compute(left, right)
    except (TypeError, ArithmeticError, ValueError):
        return Unknown()


def _status_arithmetic(op: ast.operator, left: StatusValue, right: float) -> object:
    result = _compute(op, left.value, right)
    if isinstance(result, int | float):
        exact = left.exact and isinstance(op, ast.Add | ast.Sub)
        return StatusValue(result, left.response, exact)
    return Unknown()


@evaluates(ast.UnaryOp)
def unary(walk: Walk, frame: Frame, node: ast.UnaryOp) -> object:
    """Evaluate `not x`, `-x`, `+x`, `~x`."""
    value = evaluate(walk, frame, node.operand)
    if isinstance(node.op, ast.Not):
        answer = known_truth(walk, value, place_of(frame, node))
        return negated(answer) if isinstance(answer, Unknown) else not answer
    if isinstance(node.op, ast.USub) and isinstance(value, int | float):
        return -value
    return value if isinstance(node.op, ast.UAdd) else Unknown()


@evaluates(ast.BoolOp)
def boolean(walk: Walk, frame: Frame, node: ast.BoolOp) -> object:
    """Evaluate `and` and `or` as Python does: the value of the operand that decides."""
    stops = isinstance(node.op, ast.Or)
    _note_constant(walk, frame, node)
    value: object = None
    for operand in node.values:
        value = evaluate(walk, frame, operand)
        if operand is not node.values[-1] and truth(walk, value, place_of(frame, operand)) == stops:
            return value
    return value


def _note_constant(walk: Walk, frame: Frame, node: ast.BoolOp) -> None:
    """Record `status == 200 or 201`: a number as an operand of `or` makes the whole always true."""
    for operand in node.values:
        if (
            isinstance(operand, ast.Constant)
            and isinstance(operand.value, int)
            and not isinstance(operand.value, bool)
            and any(isinstance(other, ast.Compare) for other in node.values)
            and 100 <= operand.value <= 599
            and walk.born
        ):
            word = "true" if isinstance(node.op, ast.Or) else "what the rest says"
            walk.constants[place_of(frame, operand)] = (
                f"`{operand.value}` by itself is always true, so the condition is always {word}"
            )


@evaluates(ast.IfExp)
def conditional(walk: Walk, frame: Frame, node: ast.IfExp) -> object:
    """Evaluate `a if test else b`."""
    chosen = node.body if truth(walk, evaluate(walk, frame, node.test), place_of(frame, node.test)) else node.orelse
    return evaluate(walk, frame, chosen)


@evaluates(ast.NamedExpr)
def walrus(walk: Walk, frame: Frame, node: ast.NamedExpr) -> object:
    """Evaluate `name := value`."""
    value = evaluate(walk, frame, node.value)
    assign(walk, frame, node.target, value)
    return value


@evaluates(ast.Lambda)
def lambda_(walk: Walk, frame: Frame, node: ast.Lambda) -> object:
    """Evaluate a lambda to a function."""
    return Function(node, frame.module, frame, name="<lambda>", is_async=False, is_generator=False, owner=None)


@evaluates(ast.Tuple, ast.List, ast.Set)
def sequence(walk: Walk, frame: Frame, node: ast.Tuple | ast.List | ast.Set) -> object:
    """Evaluate a tuple, list or set display."""
    items: list[object] = []
    is_open = False
    for element in node.elts:
        if isinstance(element, ast.Starred):
            inner, more = iterate(walk, evaluate(walk, frame, element.value), place_of(frame, element))
            items.extend(inner)
            is_open = is_open or more
        else:
            items.append(evaluate(walk, frame, element))
    return Sequence(type(node).__name__.lower(), items, is_open=is_open)


@evaluates(ast.Dict)
def mapping(walk: Walk, frame: Frame, node: ast.Dict) -> object:
    """Evaluate a dict display."""
    result = Mapping({})
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = evaluate(walk, frame, value_node)
        if key_node is None:
            if isinstance(value, Mapping):
                result.items.update(value.items)
                result.open = result.open or value.open
            else:
                result.open = True
            continue
        key = comparisons.plain(evaluate(walk, frame, key_node))
        try:
            result.items[key] = value
        except TypeError:
            result.open = True
    return result


@evaluates(ast.Attribute)
def attribute_access(walk: Walk, frame: Frame, node: ast.Attribute) -> object:
    """Evaluate `value.name`."""
    value = evaluate(walk, frame, node.value)
    return attribute(walk, value, node.attr, place_of(frame, node))


@evaluates(ast.Subscript)
def subscript(walk: Walk, frame: Frame, node: ast.Subscript) -> object:
    """Evaluate `value[key]`."""
    value = evaluate(walk, frame, node.value)
    place = place_of(frame, node)
    if isinstance(node.slice, ast.Slice):
        bounds = [
            None if b is None else evaluate(walk, frame, b)
            for b in (node.slice.lower, node.slice.upper, node.slice.step)
        ]
        return _slice(value, bounds)
    return item(walk, value, evaluate(walk, frame, node.slice), place)


def _slice(value: object, bounds: list[object]) -> object:
    numbers = [bound for bound in bounds if bound is None or isinstance(bound, int)]
    if len(numbers) != len(bounds):
        return Unknown()
    cut = slice(*numbers)
    match value:
        case str():
            return value[cut]
        case StatusValue(value=str() as text):
            return StatusValue(text[cut], value.response, exact=False, integer=False)
        case Sequence():
            return Sequence(value.kind, value.items[cut], is_open=value.open)
        case Text() if (
            cut.stop is None and cut.step is None and isinstance(cut.start, int) and isinstance(value.parts[0], str)
        ):
            return strings.text_of((value.parts[0][cut.start :], *value.parts[1:])) if cut.start >= 0 else Unknown()
        case Text() if cut == slice(None, -1, None) and isinstance(value.parts[-1], str):
            return strings.text_of((*value.parts[:-1], value.parts[-1][:-1]))
        case Text():
            return Text((Hole(""),))
        case Body():
            return value
        case _:
            return Unknown()


@evaluates(ast.Await)
def await_(walk: Walk, frame: Frame, node: ast.Await) -> object:
    """Evaluate `await value`: a coroutine runs now."""
    return _awaited(walk, frame, node, evaluate(walk, frame, node.value))


def _awaited(walk: Walk, frame: Frame, node: ast.expr, value: object) -> object:
    return run_deferred(walk, value, place_of(frame, node)) if isinstance(value, Deferred) else value


@evaluates(ast.Yield)
def yield_(walk: Walk, frame: Frame, node: ast.Yield) -> object:
    """Evaluate `yield value`: whoever consumes the generator takes it now; Twisted and Tornado have it for `await`."""
    value = None if node.value is None else evaluate(walk, frame, node.value)
    if frame.function is not None and frame.function.is_async and not frame.function.is_generator:
        return _awaited(walk, frame, node, value)
    return None if frame.yields is None else frame.yields(value)


@evaluates(ast.YieldFrom)
def yield_from(walk: Walk, frame: Frame, node: ast.YieldFrom) -> object:
    """Evaluate `yield from values`."""
    values = evaluate(walk, frame, node.value)
    if isinstance(values, Deferred) and frame.yields is not None:
        return run_deferred(walk, values, place_of(frame, node), frame.yields)
    items, is_open = iterate(walk, values, place_of(frame, node))
    for value in [*items, *([Unknown()] if is_open else [])]:
        if frame.yields is not None:
            frame.yields(value)
    return None


@evaluates(ast.Starred)
def starred(walk: Walk, frame: Frame, node: ast.Starred) -> object:
    """Evaluate what a star stands before."""
    return evaluate(walk, frame, node.value)


@evaluates(ast.Call)
def call_expression(walk: Walk, frame: Frame, node: ast.Call) -> object:
    """Evaluate a call."""
    return call(walk, frame, node)
