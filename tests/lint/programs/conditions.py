"""Questions about a status: what clients write between `if` and the colon."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.lint.programs.writer import DOCUMENTED, OTHERS

if TYPE_CHECKING:
    from tests.lint.programs.writer import Scope, Writer

#: What requests and httpx call the statuses is not always what HTTPStatus does; these are common to all three.
NAMES = {status: HTTPStatus(status).name for status in (200, *DOCUMENTED, *OTHERS) if status != 418}


def condition(w: Writer, scope: Scope, depth: int = 2) -> str:
    """Return an expression that is true for some statuses; in brackets unless it needs none."""
    if depth > 0 and w.draw.chance(30):
        composed = [(3, _negated), (3, _both), (3, _either), (1, _chosen), (1, _walrus)]
        return w.draw.weighted(composed)(w, scope, depth - 1)
    if scope.flags and w.draw.chance(30):
        return w.draw.one(scope.flags)
    if scope.response and w.draw.chance(20):
        return _of_response(w, scope)
    kinds = [
        (6, _equal),
        (5, _member),
        (5, _range),
        (1, _text),
        (1, _quantified),
        (2, _asked),
        (1, _mapped),
        (1, _of_set),
        (1, _odd),
    ]
    return w.draw.weighted(kinds)(w, scope)


def fails(w: Writer, scope: Scope) -> str:
    """Return a condition that is false for the success and true for at least most errors."""
    s = scope.status
    options = [f"{s} != 200", f"not {s} == 200", f"{s} not in (200, 201)", f"{s} >= 300", f"not (200 <= {s} < 300)"]
    options += [f"{s} // 100 != 2", f"{s} > 399", f"{s} >= 400", f"{s} not in range(200, 300)"]
    if scope.response:
        options += [f"not {scope.response}.{name}" for name in w.library.fine]
        options += [f"{scope.response}.{name}" for name in w.library.faulty[:1]]
        options += [f"not {scope.response}"] if w.library.truthy else []
    return w.draw.one(options)


def code(w: Writer, number: int | None = None) -> str:
    """Return a status as clients spell it."""
    number = any_code(w) if number is None else number
    spelling = w.draw.number(0, 9)
    name = NAMES.get(number)
    if spelling == 0 and name:
        w.imports("from http import HTTPStatus")
        return f"HTTPStatus.{name}"
    if spelling == 1 and name and w.library.codes:
        return f"{w.library.codes}{name.lower() if w.library.name == 'requests' else name}"
    if spelling == 2 and name:
        return w.once(name, f"{name} = {number}")
    if spelling == 3 and name:
        return f"{enum(w)}.{name}" if number in (200, *DOCUMENTED) else str(number)
    return str(number)


def enum(w: Writer) -> str:
    """Return an enum of the program's own that holds the documented statuses."""
    w.imports("import enum")
    members = "".join(f"\n    {NAMES[number]} = {number}" for number in (200, *DOCUMENTED))
    return w.once("Code", f"class Code(enum.IntEnum):{members}")


def any_code(w: Writer) -> int:
    """Return a status that the operation documents, sometimes another."""
    return w.draw.one(DOCUMENTED) if w.draw.chance(85) else w.draw.one((200, *OTHERS))


def several(w: Writer, least: int = 1, most: int = 4) -> list[int]:
    """Return statuses, the success among them at times."""
    found = w.draw.some(DOCUMENTED, least, most)
    if w.draw.chance(20):
        found.insert(0, 200)
    return found + w.draw.some(OTHERS, 0, 1) if w.draw.chance(30) else found


def collection(w: Writer) -> str:
    """Return a container of statuses."""
    kind = w.draw.number(0, 8)
    codes = [code(w, number) for number in several(w)]
    listed = ", ".join(codes)
    match kind:
        case 0 | 1:
            return f"({listed},)"
        case 2:
            return f"[{listed}]"
        case 3:
            return f"{{{listed}}}"
        case 4:
            return w.top("EXPECTED_", [f"<name> = frozenset({{{listed}}})"])
        case 5:
            return w.top("EXPECTED_", [f"<name> = ({listed},)"])
        case 6:
            return messages(w)
        case 7:
            first = w.top("SOME_", [f"<name> = ({codes[0]}, 404)"])
            return f"(*{first}, {code(w)})"
        case _:
            return f"range({w.draw.one(('200, 300', '400, 500', '500, 600', '400, 600', '200, 400'))})"


def messages(w: Writer) -> str:
    """Return the name of a dictionary from status to words."""
    words = ("gone", "slow down", "forbidden", "in the way", "broken", "again")
    pairs = ", ".join(f"{code(w, number)}: {w.draw.one(words)!r}" for number in w.draw.some(DOCUMENTED, 1, 4))
    return w.top("MESSAGES_", [f"<name> = {{{pairs}}}"])


def _negated(w: Writer, scope: Scope, depth: int) -> str:
    return f"(not {condition(w, scope, depth)})"


def _both(w: Writer, scope: Scope, depth: int) -> str:
    return f"({condition(w, scope, depth)} and {condition(w, scope, depth)})"


def _either(w: Writer, scope: Scope, depth: int) -> str:
    return f"({condition(w, scope, depth)} or {condition(w, scope, depth)})"


def _chosen(w: Writer, scope: Scope, depth: int) -> str:
    first, test, other = (condition(w, scope, depth) for _ in range(3))
    return f"({first} if {test} else {other})"


def _walrus(w: Writer, scope: Scope, depth: int) -> str:  # noqa: ARG001
    name = w.fresh("code")
    after = w.draw.one((f"{name} == {code(w)}", f"{name} >= 500", f"{name} in {collection(w)}"))
    return f"(({name} := {scope.status}) == {code(w)} or {after})"


def _equal(w: Writer, scope: Scope) -> str:
    operator = w.draw.one(("==", "==", "==", "!="))
    left, right = scope.status, code(w)
    return f"({right} {operator} {left})" if w.draw.chance(15) else f"({left} {operator} {right})"


def _member(w: Writer, scope: Scope) -> str:
    return f"({scope.status} {w.draw.one(('in', 'in', 'in', 'not in'))} {collection(w)})"


def _range(w: Writer, scope: Scope) -> str:
    s = scope.status
    return w.draw.one(
        (
            f"(200 <= {s} < 300)", f"(300 > {s} >= 200)", f"({s} < 400)", f"({s} >= 400)", f"({s} > 499)",
            f"(400 <= {s} <= 499)", f"({s} >= 500)", f"(500 <= {s})", f"({s} // 100 == 2)", f"({s} // 100 == 4)",
            f"({s} // 100 in (4, 5))", f"({s} // 100 != 2)", f"(int({s} / 100) == 5)", f"({s} < 300)", f"({s} > 299)",
            f"(199 < {s} < 400)", f"(divmod({s}, 100)[0] == 4)", f"({s} - 400 >= 100)",
        )
    )  # fmt: skip


def _text(w: Writer, scope: Scope) -> str:
    s = scope.status
    number = any_code(w)
    return w.draw.one(
        (
            f"(str({s}) == '{number}')", f"(str({s})[0] == '4')", f"str({s}).startswith('5')",
            f"(str({s}) in ('{number}', '429'))", f'(f"{{{s}}}" == "{number}")', f"str({s}).startswith(('4', '5'))",
            f"({s} == '{number}')", f"(int(str({s})) == {number})", f"(str({s}) != '{number}')",
            f"('{number}' in str({s}))",
        )
    )  # fmt: skip


def _quantified(w: Writer, scope: Scope) -> str:
    name = w.fresh("one")
    kind = w.draw.number(0, 2)
    if kind == 0:
        return f"any({scope.status} == {name} for {name} in {collection(w)})"
    if kind == 1:
        return f"all({scope.status} != {name} for {name} in {collection(w)})"
    return f"any(({condition(w, scope, 0)}, {condition(w, scope, 0)}))"


def _mapped(w: Writer, scope: Scope) -> str:
    table = messages(w)
    return w.draw.one(
        (
            f"{table}.get({scope.status})",
            f"({table}.get({scope.status}) is not None)",
            f"({scope.status} in {table}.keys())",
        )
    )


def _asked(w: Writer, scope: Scope) -> str:
    from tests.lint.programs.asking import predicate  # such a function has conditions in it

    return predicate(w, scope)


def _of_set(w: Writer, scope: Scope) -> str:
    s = scope.status
    first, second = (w.top("SET_", [f"<name> = {{{', '.join(code(w, n) for n in several(w))}}}"]) for _ in range(2))
    return w.draw.one(
        (
            f"({s} in {first} | {second})", f"({s} in {first} - {second})", f"({s} in {first} & {second})",
            f"({s} in ({first} | {{{any_code(w)}}}))", f"bool({{{s}}} & {first})", f"{first}.issuperset({{{s}}})",
            f"({s} in {first}.union({second}))", f"({{{s}}} <= {first})", f"(not {first}.isdisjoint(({s},)))",
        )
    )  # fmt: skip


def _odd(w: Writer, scope: Scope) -> str:
    """Ask in a way that few people do."""
    s, name = scope.status, w.fresh("one")
    w.imports("from http import HTTPStatus")
    holder, _, attribute = s.rpartition(".")
    options = [
        f"(({s}, True) == ({code(w)}, True))", f"(HTTPStatus({s}) == HTTPStatus.{NAMES[w.draw.one(DOCUMENTED)]})",
        f"(HTTPStatus({s}) is HTTPStatus.NOT_FOUND)", f"bool([{name} for {name} in {collection(w)} if {name} == {s}])",
        f"(min({s}, 400) == 400)", f"(({condition(w, scope, 0)}) is True)", f"(({condition(w, scope, 0)}) == False)",
        f"({condition(w, scope, 0)}, {condition(w, scope, 0)})[0]",
        f"(len([{name} for {name} in (404, 429) if {name} == {s}]) > 0)",
        f"(next(({name} for {name} in {collection(w)} if {name} == {s}), None) is not None)",
        f"({s} == {code(w)} != 200)", f"({condition(w, scope, 0)} != {condition(w, scope, 0)})",
        f'(int(f"{{{s}}}") == {any_code(w)})',
        f"({{True: {condition(w, scope, 0)}}}[True])", f"(not not {condition(w, scope, 0)})",
    ]  # fmt: skip
    if holder.isidentifier() and attribute.isidentifier() and "'" not in s:
        options.append(f"(getattr({holder}, '{attribute}', None) == {code(w)})")
        if w.draw.chance(50):
            w.imports("import operator")
            options.append(f"(operator.attrgetter('{attribute}')({holder}) == {code(w)})")
    return w.draw.one(options)


def _of_response(w: Writer, scope: Scope) -> str:
    r = scope.response
    options = [f"{r}.{name}" for name in (*w.library.fine, *w.library.faulty)]
    if w.library.truthy:
        options += [f"bool({r})", f"({r} and True)", f"(True if {r} else False)"]
    return w.draw.one(options) if options else _equal(w, scope)
