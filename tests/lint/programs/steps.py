"""Statements between the request and the end of the function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.lint.programs import errors
from tests.lint.programs.asking import check
from tests.lint.programs.conditions import any_code, code, collection, condition, fails, several
from tests.lint.programs.endings import ending, note, success, value
from tests.lint.programs.tables import looked_up
from tests.lint.programs.writer import indented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.writer import Scope, Writer


class Step(NamedTuple):
    """Statements, and what the ones after them can get at."""

    lines: tuple[str, ...]
    scope: Scope


def rest(w: Writer, scope: Scope, depth: int = 2) -> Iterator[str]:
    """Yield the statements from here to the end of the function."""
    for _ in range(w.draw.number(1, 3)):
        step = any_step(w, scope, depth)
        yield from step.lines
        scope = step.scope
    kind = w.draw.number(0, 9)
    if kind <= 6:
        yield from success(w, scope)
    elif kind == 7:
        yield from ending(w, scope)
    elif kind == 8:
        yield from _conditional_end(w, scope)


def any_step(w: Writer, scope: Scope, depth: int) -> Step:
    """Return one step of any kind."""
    kinds = [(6, _guard), (3, _note), (3, _alias), (3, _flag), (2, _early)]
    if depth > 0:
        kinds += [(5, _branches), (3, _match), (4, _try), (2, _checker), (3, _looked_up), (1, _nested), (1, _assert)]
    if scope.response and w.library.error:
        kinds += [(3, _check)]
        kinds += [(1, _suppress)] if depth > 0 else []
    return w.draw.weighted(kinds)(w, scope, depth)


def arm(w: Writer, scope: Scope, depth: int) -> Iterator[str]:
    """Yield the body of a branch: it may end the path, or fall through."""
    if w.draw.chance(25):
        yield from note(w, scope)
    if depth > 0 and w.draw.chance(20):
        step = any_step(w, scope, depth - 1)
        yield from step.lines
        scope = step.scope
    if w.draw.chance(85):
        yield from ending(w, scope)
    else:
        yield from note(w, scope)


def _conditional_end(w: Writer, scope: Scope) -> Iterator[str]:
    first, second = scope.success or "True", value(w, scope)
    test = condition(w, scope, 1)
    if w.draw.chance(50):
        first, second = second, first
    name = w.fresh("result")
    if w.draw.chance(50):
        yield f"return {first} if {test} else {second}"
    else:
        yield f"{name} = {first} if {test} else {second}"
        yield f"return {name}"


def _guard(w: Writer, scope: Scope, depth: int) -> Step:
    test = fails(w, scope) if w.draw.chance(40) else condition(w, scope)
    return Step((f"if {test}:", *indented(arm(w, scope, depth - 1))), scope)


def _branches(w: Writer, scope: Scope, depth: int) -> Step:
    lines = [f"if {condition(w, scope)}:", *indented(arm(w, scope, depth - 1))]
    for _ in range(w.draw.number(0, 2)):
        lines += [f"elif {condition(w, scope)}:", *indented(arm(w, scope, depth - 1))]
    if w.draw.chance(60):
        lines += ["else:", *indented(arm(w, scope, depth - 1))]
    return Step(tuple(lines), scope)


def _note(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    return Step(tuple(note(w, scope)), scope)


def _alias(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    name = w.fresh("status")
    if scope.own and w.draw.chance(40):
        return Step((f"self.{name} = {scope.status}",), scope._replace(status=f"self.{name}"))
    if w.draw.chance(20):
        flag = w.fresh("fine")
        line = f"{name}, {flag} = {scope.status}, {condition(w, scope, 1)}"
        return Step((line,), scope._replace(status=name, flags=(*scope.flags, flag)))
    return Step((f"{name} = {scope.status}",), scope._replace(status=name))


def _flag(w: Writer, scope: Scope, depth: int) -> Step:
    name = w.fresh("flag")
    if scope.own and w.draw.chance(30):
        name = f"self.{name}"
    after = scope._replace(flags=(*scope.flags, name))
    kind = w.draw.number(0, 3)
    if kind == 0:
        return Step((f"{name} = False", f"if {condition(w, scope)}:", f"    {name} = True"), after)
    if kind == 1 and depth > 0 and scope.response and w.library.error:
        lines = (f"{name} = False", "try:", f"    {scope.response}.raise_for_status()", f"except {w.library.error}:")
        return Step((*lines, f"    {name} = True"), after)
    return Step((f"{name} = {condition(w, scope)}",), after)


def _early(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    if not scope.success or scope.success.startswith("data"):
        return _alias(w, scope, 0)
    name = w.fresh("data")
    if w.draw.chance(50):
        line = f"{name} = {scope.success} if {condition(w, scope, 1)} else {value(w, scope)}"
    else:
        line = f"{name} = {scope.success}"
    return Step((line,), scope._replace(success=name))


def _check(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    line = f"{scope.response}.raise_for_status()"
    if w.draw.chance(25):
        return Step((f"if {condition(w, scope)}:", f"    {line}"), scope)
    return Step((line,), scope)


def _match(w: Writer, scope: Scope, depth: int) -> Step:
    lines = [f"match {scope.status}:"]
    for _ in range(w.draw.number(1, 3)):
        lines += indented((f"case {_pattern(w)}:", *indented(arm(w, scope, depth - 1))))
    kind = w.draw.number(0, 3)
    if kind == 0:
        lines += indented(("case _:", *indented(arm(w, scope, depth - 1))))
    elif kind == 1:
        name = w.fresh("other")
        test = w.draw.one((f"{name} >= 500", f"{name} in {collection(w)}", f"400 <= {name} < 500", f"{name} != 200"))
        within = scope._replace(status=name)
        lines += indented((f"case {name} if {test}:", *indented(arm(w, within, depth - 1))))
    return Step(tuple(lines), scope)


def _pattern(w: Writer) -> str:
    numbers = several(w, 1, 3)
    spelled = [one if "." in one or one.isdigit() else str(number) for number in numbers for one in [code(w, number)]]
    text = " | ".join(spelled)
    if len(spelled) > 1 and w.draw.chance(20):
        return f"({text}) as {w.fresh('seen')}"
    return f"{text} if {w.draw.one(('True', 'not False'))}" if w.draw.chance(5) else text


def risky(w: Writer, scope: Scope, depth: int) -> Iterator[str]:
    """Yield statements that may raise."""
    kind = w.draw.number(0, 9)
    if kind < 5 and scope.response and w.library.error:
        yield f"{scope.response}.raise_for_status()"
    elif kind < 7 and depth > 0:
        yield from _checker(w, scope, depth).lines
    else:
        yield f"if {condition(w, scope)}:"
        yield f"    raise {errors.exception(w, scope)}"
    if w.draw.chance(30):
        yield from any_step(w, scope, depth - 1).lines
    if w.draw.chance(40):
        yield from success(w, scope)


def _try(w: Writer, scope: Scope, depth: int) -> Step:
    lines = ["try:", *indented(risky(w, scope, depth))]
    starred = w.draw.chance(6)
    for _ in range(w.draw.number(1, 2)):
        lines += handler(w, scope, depth, starred=starred)
    if w.draw.chance(15):
        lines += ["else:", *indented(arm(w, scope, depth - 1))]
    if w.draw.chance(15):
        lines += ["finally:", *indented(note(w, scope))]
    return Step(tuple(lines), scope)


def handler(w: Writer, scope: Scope, depth: int, *, starred: bool = False) -> Iterator[str]:
    """Yield an `except` clause."""
    known = errors.family(w)
    kind = w.draw.number(0, 9)
    status = ""
    if kind < 5 and w.library.error:
        cls = w.library.error if w.draw.chance(60) else w.draw.one(w.library.wider)
        if cls.endswith(("HTTPError", "HTTPStatusError", "ResponseError")) and cls != "httpx.HTTPError":
            status = w.draw.one(w.library.error_status)
    elif kind < 8:
        cls = w.draw.one(known.names)
        status = known.reads
    elif kind == 8:
        cls = w.draw.one(("Exception", "RuntimeError", "LookupError", "ValueError"))
    else:
        cls = f"({w.draw.one(known.names)}, {w.draw.one(('RuntimeError', 'LookupError', 'PermissionError'))})"
    star = "*" if starred else ""
    name = ""
    if w.draw.chance(60):
        name = w.fresh("error")
    inside = scope._replace(error=name, handling=True, loop="" if starred else scope.loop)
    if name and status and not starred:
        inside = inside._replace(status=f"{name}.{status}", flags=tuple(_of_error(w, name, cls)))
    yield f"except{star} {cls} as {name}:" if name else f"except{star} {cls}:"
    if starred:
        yield from indented(note(w, scope))
        if w.draw.chance(50):
            yield "    raise"
        return
    yield from indented(arm(w, inside, depth - 1))


def _of_error(w: Writer, name: str, cls: str) -> Iterator[str]:
    """Yield questions about an exception that is being handled."""
    known = errors.family(w)
    yield f"isinstance({name}, {w.draw.one(known.names)})"
    yield f"isinstance({name}, ({w.draw.one(known.names)}, LookupError))"
    yield f"(type({name}) is {w.draw.one(known.names)})"
    if cls in known.names and "temporary" in w.source(known.names[0]):
        yield f"{name}.temporary"
    if cls in (w.library.error, "requests.exceptions.HTTPError"):
        yield f"('{any_code(w)}' in str({name}))"
        status = f"{name}.{w.library.error_status[0]}"
        yield f"(getattr({name}, 'status', None) == 404)"
        if ".response." in status:
            yield f"({name}.response is not None and {status} == {code(w)})"
            yield f"(getattr({name}.response, '{w.library.status}', 0) in {collection(w)})"


def _suppress(w: Writer, scope: Scope, depth: int) -> Step:
    w.imports("import contextlib")
    cls = w.draw.one((w.library.error, *w.library.wider, *errors.family(w).names))
    return Step((f"with contextlib.suppress({cls}):", *indented(risky(w, scope, depth - 1))), scope)


def _checker(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    """Ask a function of the program's own to raise for what is no success."""
    call = check(w, scope)
    if w.draw.chance(25):
        return Step((f"{w.fresh('unused')} = {call}",), scope)
    return Step((call,), scope)


def _looked_up(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    return Step(tuple(looked_up(w, scope)), scope)


def _assert(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    test = condition(w, scope)
    return Step((w.draw.one((f"assert {test}", f"assert {test}, {scope.status}", f"assert {test}, 'refused'")),), scope)


def _nested(w: Writer, scope: Scope, depth: int) -> Step:  # noqa: ARG001
    """Define a function within the function, and ask it."""
    name, flag = w.fresh("inner"), w.fresh("said")
    if w.draw.chance(50):
        lines = (f"def {name}():", f"    return {condition(w, scope, 1)}")
        return Step(lines, scope._replace(flags=(*scope.flags, f"{name}()")))
    counting = (
        f"{flag} = False",
        f"def {name}():",
        f"    nonlocal {flag}",
        f"    if {condition(w, scope)}:",
        f"        {flag} = True",
        f"{name}()",
    )
    return Step(counting, scope._replace(flags=(*scope.flags, flag)))
