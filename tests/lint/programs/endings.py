"""How a path through a program ends: what it returns, what it raises, and what it says before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors
from tests.lint.programs.conditions import condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.writer import Scope, Writer


def ending(w: Writer, scope: Scope) -> Iterator[str]:
    """Yield the lines of a path's end."""
    if scope.loop and w.draw.chance(45):
        yield w.draw.one(("break", "continue"))
        return
    kinds = [(6, _raise), (5, _fallback), (3, _success), (2, _telling)]
    if scope.handling:
        kinds.append((4, _raise_again))
    yield from w.draw.weighted(kinds)(w, scope)


def success(w: Writer, scope: Scope) -> Iterator[str]:
    """Yield the lines of the end that the request was made for."""
    yield from _success(w, scope)


def note(w: Writer, scope: Scope) -> Iterator[str]:
    """Yield a line that leaves a trace and changes nothing."""
    if w.draw.chance(50):
        yield w.draw.one(("print('refused')", f"print('answered', {scope.status})", "print('hm')"))
        return
    w.imports("import logging")
    log = w.once("log", "log = logging.getLogger(__name__)")
    level = w.draw.one(("warning", "error", "info"))
    yield w.draw.one((f"{log}.{level}('refused')", f"{log}.{level}('answered %s', {scope.status})"))


def value(w: Writer, scope: Scope) -> str:
    """Return an expression for what a path may give in place of what was asked for."""
    if w.draw.chance(65):
        return w.draw.one(("None", "None", "False", "[]", "{}", "''", "0", "-1", "'missing'", "True", "(None, None)"))
    if w.draw.chance(40):
        return errors.wording(w, scope)
    return w.draw.one(
        (
            scope.status,
            f"({scope.status}, None)",
            f"{{'status': {scope.status}}}",
            "{'error': 'refused'}",
            f"str({scope.status})",
        )
    )


def _raise(w: Writer, scope: Scope) -> Iterator[str]:
    cause = ""
    if scope.error and w.draw.chance(50):
        cause = w.draw.one((f" from {scope.error}", " from None"))
    yield f"raise {errors.exception(w, scope)}{cause}"


def _raise_again(w: Writer, scope: Scope) -> Iterator[str]:
    yield f"raise {scope.error}" if scope.error and w.draw.chance(25) else "raise"


def _fallback(w: Writer, scope: Scope) -> Iterator[str]:
    yield "return" if w.draw.chance(15) else f"return {value(w, scope)}"


def _telling(w: Writer, scope: Scope) -> Iterator[str]:
    """End with a value that says how it went."""
    if scope.response and w.draw.chance(30):
        yield f"return {scope.response}"
    elif w.draw.chance(50):
        yield f"return {condition(w, scope, 1)}"
    else:
        yield f"return {condition(w, scope, 0)}, {scope.success or None}"


def _success(w: Writer, scope: Scope) -> Iterator[str]:
    if not scope.success:
        yield w.draw.one(("return True", "return None", f"return {scope.response or scope.status}"))
        return
    kind = w.draw.number(0, 9)
    if kind == 0:
        yield "return True"
    elif kind == 1:
        yield f"return {{'data': {scope.success}}}"
    elif kind == 2:
        name = w.fresh("data")
        yield f"{name} = {scope.success}"
        yield f"return {name}"
    elif kind == 3:
        yield f"return True, {scope.success}"
    elif kind == 4 and scope.response:
        yield f"return {scope.response}"
    elif kind == 5:
        yield f"print({scope.success})"
        if w.draw.chance(40):
            yield "return"
    else:
        yield f"return {scope.success}"
