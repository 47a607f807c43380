"""Functions of the program's own that say something about a status, or raise for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors
from tests.lint.programs.conditions import condition, fails
from tests.lint.programs.tables import raised_by_table
from tests.lint.programs.writer import Scope, indented

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.lint.programs.writer import Writer


def predicate(w: Writer, scope: Scope) -> str:
    """Return a call that says whether a status, or a response, is of some kind."""
    given, argument, inner = _parameter(w, scope)
    test = condition(w, inner, 1)
    bodies = [
        (f"return {test}",),
        (f"if {test}:", "    return True", f"return {condition(w, inner, 0)}"),
        (f"if {test}:", "    return True", "return False"),
        ("try:", f"    assert {test}", "except AssertionError:", "    return False", "return True"),
        (f"return True if {test} else False",),
    ]
    if w.draw.chance(15):
        return f"{w.top('is_it_', [f'<name> = lambda {argument}: {test}'])}({given})"
    return define(w, scope, "is_it_", (argument, given), w.draw.one(bodies))


def check(w: Writer, scope: Scope) -> str:
    """Return a call that raises for some statuses; what it returns is the response, the status, or nothing."""
    given, argument, inner = _parameter(w, scope)
    lines: list[str] = []
    for _ in range(w.draw.number(1, 2)):
        kind = w.draw.number(0, 6)
        test = fails(w, inner) if w.draw.chance(40) else condition(w, inner)
        if kind == 0 and inner.response and w.library.error:
            lines.append(f"{argument}.raise_for_status()")
        elif kind == 1:
            lines += raised_by_table(w, inner)
        elif kind == 2:
            lines.append(f"assert {test}")
        elif kind == 3:
            lines += [f"if {test}:", "    return" if w.draw.chance(50) else f"    return {argument}"]
        else:
            lines += [f"if {test}:", f"    raise {errors.exception(w, inner)}"]
    if w.draw.chance(40):
        lines.append(f"return {argument}")
    return define(w, scope, "check_", (argument, given), lines)


def _parameter(w: Writer, scope: Scope) -> tuple[str, str, Scope]:
    """Return what is handed to a function, the name of its parameter, and what the function can get at."""
    if scope.response and w.draw.chance(55):
        argument = w.fresh("answer")
        return scope.response, argument, Scope(f"{argument}.{w.library.status}", "", argument)
    argument = w.fresh("status")
    return scope.status, argument, Scope(argument, "")


def define(w: Writer, scope: Scope, stem: str, names: tuple[str, str], lines: Iterable[str]) -> str:
    """Put a function, or a method where there is a class, into the program and return a call of it.

    The names are those of its parameter and of what is handed over.
    """
    argument, given = names
    body = tuple(indented(lines))
    if scope.own and w.draw.chance(50):
        kind = w.draw.number(0, 2)
        if kind == 0:
            return f"self.{w.member(stem, ('@staticmethod', f'def <name>({argument}):', *body))}({given})"
        if kind == 1:
            return f"self.{w.member(stem, ('@classmethod', f'def <name>(cls, {argument}):', *body))}({given})"
        return f"self.{w.member(stem, (f'def <name>(self, {argument}):', *body))}({given})"
    if w.draw.chance(15):
        return f"{w.top(stem, (f'def <name>({argument}, *, strict=True):', *body))}({given}, strict=False)"
    return f"{w.top(stem, (f'def <name>({argument}):', *body))}({given})"
