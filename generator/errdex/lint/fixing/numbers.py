"""Bare status codes in comparisons, named by the enum of the generated module."""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import TYPE_CHECKING

from errdex.lint.fixing.branches import aliases, function_at, subject_of
from errdex.lint.fixing.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from errdex.lint.fixing.branches import Subject
    from errdex.lint.fixing.edits import Draft

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_UNIT = "    "
_SAME = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
"""In `>= 400` the number is the end of a range and no status."""


def named_numbers(draft: Draft, lines: Iterable[int], member: Callable[[str], str]) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits of each comparison with a status, in the functions that calls in those lines stand in.

    `member` gives the member of `Status` for a code, empty where there is none.
    """
    functions = dict.fromkeys(function_at(draft.tree, line) for line in lines)
    for function in functions:
        known = aliases(draft, function)
        for node in ast.walk(function):
            numbers = list(_numbers(draft, node, known))
            edits = [_edit(draft, number, member(str(number.value))) for number in numbers]
            if edits and all(edit.text for edit in edits):
                yield tuple(edits)


def broken(draft: Draft, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits with their list in lines of its own, as formatters break it; none where there is no list."""
    first, last = edits[0], edits[-1]
    line = bisect_right(draft.starts, first.start)
    text = draft.lines[line - 1]
    start = first.start - draft.starts[line - 1]
    opening, closing = text.rfind(text[:start].rstrip()[-1:], 0, start), last.end - draft.starts[line - 1]
    bracket = text[opening : opening + 1]
    if bracket not in _PAIRS or text[closing : closing + 1] != _PAIRS[bracket] or len(edits) == 1:
        return ()
    indent = draft.indent(line)
    items = "".join(f"{indent}{_UNIT}{edit.text},{draft.newline}" for edit in edits)
    whole = f"{bracket}{draft.newline}{items}{indent}{_PAIRS[bracket]}"
    return (Edit(draft.starts[line - 1] + opening, draft.starts[line - 1] + closing + 1, whole),)


def _edit(draft: Draft, number: ast.Constant, name: str) -> Edit:
    return Edit(*draft.stretch(number), f"\0Status.{name}" if name else "")


def _numbers(draft: Draft, node: ast.AST, known: dict[str, Subject]) -> Iterator[ast.Constant]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=[right]) if isinstance(operator, _SAME):
            if subject_of(draft, left, known) is not None:
                yield from _codes(right)
            elif subject_of(draft, right, known) is not None:
                yield from _codes(left)
        case ast.Match(subject=subject, cases=cases) if subject_of(draft, subject, known) is not None:
            for case in cases:
                for pattern in _alternatives(case.pattern):
                    if isinstance(pattern, ast.MatchValue):
                        yield from _codes(pattern.value)
        case _:
            return


def _codes(node: ast.expr) -> Iterator[ast.Constant]:
    for one in node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]:
        if isinstance(one, ast.Constant) and type(one.value) is int:
            yield one


def _alternatives(pattern: ast.pattern) -> list[ast.pattern]:
    match pattern:
        case ast.MatchOr(patterns=patterns):
            return patterns
        case ast.MatchAs(pattern=inner) if inner is not None:
            return _alternatives(inner)
        case _:
            return [pattern]
