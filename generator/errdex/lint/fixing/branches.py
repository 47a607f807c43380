r"""Where a missing branch could stand: in the conditions, `match` statements and handlers that look at a response.

Each possibility is a list of edits with the names of the generated module marked by `\\0`; which of them does what it
should is for the linter itself to say.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.lint.fixing.edits import Draft, Edit

STATUS_ATTRIBUTES = frozenset({"status_code", "status", "code"})
_BRACKETS = {ast.List: "[]", ast.Set: "{}"}
_UNIT = "    "


class Missing(NamedTuple):
    """What a branch is to be inserted for."""

    line: int
    """Of the call."""
    operation: str
    """The member of `Operation`."""
    statuses: tuple[str, ...]
    """Members of `Status`."""
    errors: tuple[str, ...]
    """The classes of the operation's errors."""
    own: frozenset[str]
    """How the file writes what it has of the generated module; what ends in a dot stands before any name."""


class Possible(NamedTuple):
    """One way to insert a branch."""

    wanted: tuple[str, ...]
    """Names of the generated module."""
    edits: tuple[Edit, ...]


class Subject(NamedTuple):
    """An expression that is a response's status."""

    status: str
    """As it is written."""
    response: str


def possibilities(draft: Draft, missing: Missing) -> Iterator[Possible]:
    """Yield the ways to insert a branch into the function that the call stands in, those that change least first."""
    function = function_at(draft.tree, missing.line)
    known = aliases(draft, function)
    nodes = sorted(
        (node for node in ast.walk(function) if isinstance(node, ast.If | ast.Match | ast.Try | ast.TryStar)),
        key=lambda node: node.lineno,
    )
    below = {id(node.orelse[0]) for node in nodes if isinstance(node, ast.If) and _is_elif(draft, node)}
    chains = [_chain(draft, node) for node in nodes if isinstance(node, ast.If) and id(node) not in below]
    for chain in reversed(chains):
        yield from _last_branch(draft, missing, chain, known)
    for node in nodes:
        if isinstance(node, ast.Match):
            yield from _last_case(draft, missing, node, known)
        elif isinstance(node, ast.Try | ast.TryStar) and any(
            _is_own(draft, missing, each) for handler in node.handlers for each in _caught(handler)
        ):
            yield from _handler(draft, missing, node)
    for chain in chains:
        yield from _first_branch(draft, missing, chain, known)


def function_at(tree: ast.Module, line: int) -> ast.AST:
    """Return the innermost function that a line belongs to, the module when there is none."""
    found: ast.AST = tree
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            found = node  # `walk` comes to what lies further in later
    return found


def aliases(draft: Draft, function: ast.AST) -> dict[str, Subject]:
    """Return the names that a function gives to the status of a response, and to nothing else."""
    found: dict[str, list[Subject | None]] = {}
    for node in ast.walk(function):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                subject = _attribute(draft, value)
                found.setdefault(name, []).append(subject and subject._replace(status=name))
            case _:
                continue
    return {
        name: subjects[0]
        for name, subjects in found.items()
        if subjects[0] is not None and all(one == subjects[0] for one in subjects)
    }


def subject_of(draft: Draft, node: ast.expr, known: dict[str, Subject]) -> Subject | None:
    """Return the status that an expression is."""
    if isinstance(node, ast.NamedExpr):
        return known.get(node.target.id)
    return known.get(node.id) if isinstance(node, ast.Name) else _attribute(draft, node)


def _attribute(draft: Draft, node: ast.expr) -> Subject | None:
    if not isinstance(node, ast.Attribute) or node.attr not in STATUS_ATTRIBUTES or node.lineno != node.end_lineno:
        return None
    whose: ast.expr = node.value
    while isinstance(whose, ast.Attribute):
        whose = whose.value
    return Subject(draft.source(node), draft.source(node.value)) if isinstance(whose, ast.Name) else None


class _Chain(NamedTuple):
    branches: tuple[ast.If, ...]
    """`if`, then each `elif`."""


def _chain(draft: Draft, node: ast.If) -> _Chain:
    branches = [node]
    while _is_elif(draft, branches[-1]):
        below = branches[-1].orelse[0]
        if isinstance(below, ast.If):
            branches.append(below)
    return _Chain(tuple(branches))


def _is_elif(draft: Draft, node: ast.If) -> bool:
    if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
        return False
    below = node.orelse[0]
    return draft.text.startswith("elif", draft.offset(below.lineno, below.col_offset))


def _last_branch(draft: Draft, missing: Missing, chain: _Chain, known: dict[str, Subject]) -> Iterator[Possible]:
    """Yield the branch at the end of a chain of conditions: `elif response.status_code == ...:`.

    Code that leaves in every condition goes on with another `if`.
    """
    last = chain.branches[-1]
    leaves = isinstance(last.body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break)
    word = "if" if leaves and len(chain.branches) == 1 and not last.orelse else "elif"
    for subject in _subjects(draft, chain, known):
        yield _possible(draft, _below(draft, last.body), _branch(draft, missing, chain, subject, word))


def _first_branch(draft: Draft, missing: Missing, chain: _Chain, known: dict[str, Subject]) -> Iterator[Possible]:
    """Yield the condition above a chain that would take the status for something else."""
    first = chain.branches[0]
    for subject in _subjects(draft, chain, known):
        if not any(isinstance(node, ast.NamedExpr) for node in ast.walk(first.test)):
            yield _possible(draft, first.lineno, _branch(draft, missing, chain, subject, "if"))


def _branch(draft: Draft, missing: Missing, chain: _Chain, subject: Subject, word: str) -> list[str]:
    first = chain.branches[0]
    outer, inner = draft.indent(first.lineno), _inner(draft, first.lineno, first.body)
    names = [f"\0Status.{name}" for name in missing.statuses]
    if len(names) == 1:
        head = [f"{outer}{word} {subject.status} == {names[0]}:"]
    else:
        brackets = _brackets(chain)
        head = _wrapped(draft, outer, f"{word} {subject.status} in {brackets[0]}", names, f"{brackets[1]}:", inner)
    return [*head, *_raising(draft, missing, inner, subject.response, inner[len(outer) :] or _UNIT)]


def _raising(draft: Draft, missing: Missing, indent: str, response: str, unit: str) -> list[str]:
    arguments = [f"\0Operation.{missing.operation}", response]
    return _wrapped(draft, indent, "\0raise_for_status(", arguments, ")", indent + unit)


def _wrapped(draft: Draft, indent: str, opening: str, items: Sequence[str], closing: str, inner: str) -> list[str]:
    """Return a bracketed list in one line, or as formatters break it."""
    line = f"{indent}{opening}{', '.join(items)}{closing}"
    if len(line.replace("\0", "")) <= draft.width:
        return [line]
    return [f"{indent}{opening}", *(f"{inner}{item}," for item in items), f"{indent}{closing}"]


def _subjects(draft: Draft, chain: _Chain, known: dict[str, Subject]) -> list[Subject]:
    """Return the statuses that the conditions of a chain are about."""
    nodes = (node for branch in chain.branches for node in ast.walk(branch.test) if isinstance(node, ast.expr))
    found = (subject_of(draft, node, known) for node in nodes)
    return list(dict.fromkeys(subject for subject in found if subject is not None))


def _brackets(chain: _Chain) -> str:
    """Return the brackets in which the conditions of a chain list statuses."""
    for branch in chain.branches:
        for node in ast.walk(branch.test):
            if isinstance(node, ast.Compare) and type(node.comparators[-1]) in _BRACKETS:
                return _BRACKETS[type(node.comparators[-1])]
    return "()"


def _last_case(draft: Draft, missing: Missing, node: ast.Match, known: dict[str, Subject]) -> Iterator[Possible]:
    """Yield the case before the one that takes anything: of a status, or of an error of the module."""
    cases = node.cases
    rest = [case for case in cases if not (_is_open(case.pattern) and case.guard is None)]
    after = rest[-1] if rest else None
    line = _below(draft, after.body) if after else cases[0].pattern.lineno
    outer = draft.indent(cases[0].pattern.lineno)
    inner = _inner(draft, cases[0].pattern.lineno, cases[0].body)
    subject = subject_of(draft, node.subject, known)
    unit = inner[len(outer) :] or _UNIT
    if subject is not None:
        pattern = " | ".join(f"\0Status.{name}" for name in missing.statuses)
        lines = [f"{outer}case {pattern}:", *_raising(draft, missing, inner, subject.response, unit)]
        yield _possible(draft, line, lines)
        yield _possible(draft, cases[0].pattern.lineno, lines)
    elif missing.errors and any(_names_class(draft, missing, case.pattern) for case in cases):
        pattern = " | ".join(f"\0{name}()" for name in missing.errors)
        simple = isinstance(node.subject, ast.Name)
        name = draft.source(node.subject) if simple else "error"
        lines = [f"{outer}case {pattern}{'' if simple else ' as error'}:", f"{inner}raise {name}"]
        yield Possible(missing.errors, (draft.above(line, lines),))


def _is_open(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _is_own(draft: Draft, missing: Missing, node: ast.expr) -> bool:
    """Tell whether an expression names something of the generated module."""
    said = draft.source(node)
    return said in missing.own or any(name[-1] == "." and said.startswith(name) for name in missing.own)


def _names_class(draft: Draft, missing: Missing, pattern: ast.pattern) -> bool:
    return any(isinstance(node, ast.MatchClass) and _is_own(draft, missing, node.cls) for node in ast.walk(pattern))


def _handler(draft: Draft, missing: Missing, node: ast.Try | ast.TryStar) -> Iterator[Possible]:
    """Yield the handler that lets the errors go on: after those that are there, or before one that takes too much."""
    if not missing.errors or isinstance(node, ast.TryStar):
        return
    first = node.handlers[0]
    outer, inner = draft.indent(first.lineno), _inner(draft, first.lineno, first.body)
    if len(missing.errors) == 1:
        head = [f"{outer}except \0{missing.errors[0]}:"]
    else:
        head = _wrapped(draft, outer, "except (", [f"\0{name}" for name in missing.errors], "):", inner)
    lines = [*head, f"{inner}raise"]
    for line in (_below(draft, node.handlers[-1].body), *(handler.lineno for handler in reversed(node.handlers))):
        yield Possible(missing.errors, (draft.above(line, lines),))


def _caught(handler: ast.ExceptHandler) -> list[ast.expr]:
    match handler.type:
        case ast.Tuple(elts=names):
            return names
        case None:
            return []
        case one:
            return [one]


def _possible(draft: Draft, line: int, lines: list[str]) -> Possible:
    return Possible(("Operation", "Status", "raise_for_status"), (draft.above(line, lines),))


def _below(draft: Draft, body: Sequence[ast.stmt]) -> int:
    """Return the line below a body, and below the comments that go with it."""
    line = (body[-1].end_lineno or 0) + 1
    depth = len(draft.indent(body[-1].lineno))
    while line <= len(draft.lines):
        text = draft.lines[line - 1]
        if not text.lstrip().startswith("#") or len(draft.indent(line)) < depth:
            break
        line += 1
    return line


def _inner(draft: Draft, line: int, body: Sequence[ast.stmt]) -> str:
    """Return the white space before the statements of a body like this one."""
    outer = draft.indent(line)
    inner = draft.indent(body[0].lineno)
    return inner if body[0].lineno > line and len(inner) > len(outer) else outer + _UNIT
