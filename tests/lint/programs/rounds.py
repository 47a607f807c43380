"""Programs that ask more than once: again after a failure, or for several things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors, libraries, sending
from tests.lint.programs.conditions import condition, fails
from tests.lint.programs.endings import ending, success
from tests.lint.programs.steps import any_step, arm, handler, rest
from tests.lint.programs.writer import Scope, indented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.writer import Writer


def again(w: Writer) -> str:
    """Ask again, a few times."""
    scope = sending.scope(w)
    head = w.draw.one(("for attempt in range(3):", "for attempt in range(1, 4):", "for _ in (1, 2, 3):"))

    def round_() -> Iterator[str]:
        yield from sending.request(w, iter(tuple(_round(w, scope._replace(loop="loop")))))

    def body() -> Iterator[str]:
        if w.draw.chance(20):
            yield "r = None"
        yield head
        yield from indented(round_())
        if w.draw.chance(25):
            yield "else:"
            yield from indented(ending(w, Scope("'refused'", "")))
        yield from _after(w, scope)

    return w.text(sending.define(w, "fetch", "record_id", body()), "fetch(7)")


def _round(w: Writer, scope: Scope) -> Iterator[str]:
    if w.draw.chance(50):
        w.imports("import time")
        yield f"if {condition(w, scope)}:"
        if w.draw.chance(70):
            yield "    time.sleep(1)"
        yield "    continue"
    for _ in range(w.draw.number(0, 2)):
        step = any_step(w, scope, 1)
        yield from step.lines
        scope = step.scope
    if w.draw.chance(60):
        yield (
            w.draw.one(("break", *success(w, scope._replace(success=scope.success)))) if w.draw.chance(50) else "break"
        )
    elif w.draw.chance(50):
        yield from success(w, scope)


def _after(w: Writer, scope: Scope) -> Iterator[str]:
    """Yield what comes after a loop: the last response is still at hand."""
    if w.library is libraries.AIOHTTP:
        yield from ending(w, Scope(scope.status, ""))
    elif w.draw.chance(60):
        yield from rest(w, scope, 1)
    elif w.draw.chance(50):
        yield from ending(w, scope)


def while_again(w: Writer) -> str:
    """Ask again while a condition holds, a few times."""
    scope = sending.scope(w)._replace(loop="loop")

    def body() -> Iterator[str]:
        yield "attempts = 0"
        yield w.draw.one(("while True:", "while attempts < 5:"))
        inside = [
            "attempts += 1",
            "if attempts > 3:",
            *indented(iter(tuple(ending(w, Scope("'refused'", ""))))),
            *sending.request(w, iter(tuple(_round(w, scope)))),
        ]
        yield from indented(iter(inside))
        yield from _after(w, scope._replace(loop=""))

    return w.text(sending.define(w, "fetch", "record_id", body()), "fetch(7)")


def many(w: Writer) -> str:
    """Ask for several things, one after the other."""

    def round_() -> Iterator[str]:
        inner = sending.scope(w)
        yield f"if {fails(w, inner) if w.draw.chance(60) else condition(w, inner)}:"
        yield from indented(arm(w, inner._replace(loop="loop"), 0))
        yield f"found.append({inner.success})"

    def body() -> Iterator[str]:
        yield "found = []"
        yield "for record_id in record_ids:"
        yield from indented(sending.request(w, round_()))
        yield "return found"

    return w.text(sending.define(w, "fetch", "record_ids", body()), "fetch((7, 8))")


def recursive(w: Writer) -> str:
    """Ask again by calling oneself."""
    scope = sending.scope(w)

    def body() -> Iterator[str]:
        yield f"if {condition(w, scope)} and left > 0:"
        yield f"    return {w.library.waits}fetch(record_id, left - 1)"
        yield from rest(w, scope)

    return w.text(sending.define(w, "fetch", "record_id, left=2", sending.request(w, body())), "fetch(7)")


def yielded(w: Writer) -> str:
    """A generator gives what was found, its caller gathers it."""
    scope = sending.scope(w)
    waits, asynchronous = w.library.waits, "async " if w.library.waits else ""

    def giving() -> Iterator[str]:
        for _ in range(w.draw.number(1, 2)):
            yield f"if {fails(w, scope) if w.draw.chance(50) else condition(w, scope)}:"
            yield w.draw.one(
                ("    return", f"    raise {errors.exception(w, scope)}", "    print('refused')", "    yield None")
            )
        yield f"yield {w.draw.one((scope.success, f'{scope.status}, {scope.success}'))}"

    lines = [*sending.define(w, "found", "record_id", sending.request(w, giving())), "", ""]
    gathered = ["result = []", f"{asynchronous}for one in found(record_id):"]
    gathered += w.draw.one(
        (
            ["    result.append(one)"],
            ["    if one is None:", "        break", "    result.append(one)"],
            ["    return one"],
        )
    )
    if w.draw.chance(30):
        handlers = list(handler(w, Scope("'unknown'", ""), 0))
        gathered = ["try:", *indented(iter(gathered)), *handlers]
    gathered += ["return result"] if gathered[0] == "result = []" else ["return None"]
    del waits
    lines += sending.define(w, "fetch", "record_id", iter(gathered))
    return w.text(lines, "fetch(7)")
