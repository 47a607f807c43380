"""Statements that look up what to do with a status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors
from tests.lint.programs.conditions import code, enum, fails, messages
from tests.lint.programs.endings import ending, value
from tests.lint.programs.writer import DOCUMENTED, Scope, indented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.lint.programs.writer import Writer


def looked_up(w: Writer, scope: Scope) -> Sequence[str]:
    """Return statements that end some paths by a table."""
    kinds = [(2, raised_by_table), (3, _words), (3, _handlers), (2, _pairs), (1, _by_enum), (1, _collected)]
    return w.draw.weighted(kinds)(w, scope)


def raised_by_table(w: Writer, scope: Scope) -> Sequence[str]:
    """Return statements that raise what a table says."""
    known = errors.family(w)
    table = errors.error_table(w, scope)
    name, s = w.fresh("kind"), scope.status
    given = errors.given(w, scope, known)
    return w.draw.one(
        (
            (f"if {s} in {table}:", f"    raise {table}[{s}]{given}"),
            (f"{name} = {table}.get({s})", f"if {name}:", f"    raise {name}{given}"),
            (f"{name} = {table}.get({s})", f"if {name} is not None:", f"    raise {name}{given}"),
            (f"if {name} := {table}.get({s}):", f"    raise {name}{given}"),
            ("try:", f"    {name} = {table}[{s}]", "except KeyError:", "    pass", "else:", f"    raise {name}{given}"),
        )
    )


def _words(w: Writer, scope: Scope) -> Sequence[str]:
    table, name, s = messages(w), w.fresh("found"), scope.status
    end = w.draw.one((f"raise RuntimeError({name})", f"return {name}", f"return {{'error': {name}}}"))
    return w.draw.one(
        (
            (f"{name} = {table}.get({s})", f"if {name} is not None:", f"    {end}"),
            (f"if ({name} := {table}.get({s})):", f"    {end}"),
            (f"if {s} in {table}:", f"    {name} = {table}[{s}]", f"    {end}"),
            (
                "try:",
                f"    {name} = {table}[{s}]",
                f"    {end}",
                "except KeyError:",
                *indented(ending(w, scope._replace(handling=True))),
            ),
            (f"{name} = {table}.get({s}, '')", f"if {name}:", f"    {end}"),
            (f"if {fails(w, scope)}:", f"    {name} = {table}.get({s}, 'unknown')", f"    {end}"),
        )
    )


def _handlers(w: Writer, scope: Scope) -> Sequence[str]:
    pairs = ", ".join(f"{code(w, n)}: {_handler(w)}" for n in w.draw.some(DOCUMENTED, 1, 3))
    table = w.top("HANDLERS_", [f"<name> = {{{pairs}}}"])
    name, s = w.fresh("found"), scope.status
    if w.draw.chance(60):
        return (f"{name} = {table}.get({s})", f"if {name}:", f"    return {name}({s})")
    return (f"if {fails(w, scope)}:", f"    return {table}.get({s}, {_handler(w)})({s})")


def _handler(w: Writer) -> str:
    argument = w.fresh("status")
    inner = Scope(argument, "")
    if w.draw.chance(40):
        return f"(lambda {argument}: {value(w, inner)})"
    return w.top("on_", [f"def <name>({argument}):", *indented(ending(w, inner))])


def _pairs(w: Writer, scope: Scope) -> Sequence[str]:
    """Go through a table line by line."""
    known = errors.family(w)
    first, second, s = w.fresh("number"), w.fresh("kind"), scope.status
    if w.draw.chance(50):
        pairs = ", ".join(f"({code(w, n)}, {w.draw.one(known.names)})" for n in w.draw.some(DOCUMENTED, 1, 3))
        table = w.top("TABLE_", [f"<name> = {w.draw.one(('(%s,)', '[%s]')) % pairs}"])
    else:
        table = f"{errors.error_table(w, scope)}.items()"
    test = w.draw.one((f"{s} == {first}", f"{first} == {s}", f"not {s} != {first}"))
    return (
        f"for {first}, {second} in {table}:",
        f"    if {test}:",
        f"        raise {second}{errors.given(w, scope, known)}",
    )


def _by_enum(w: Writer, scope: Scope) -> Sequence[str]:
    """Make the status a member of the program's own enum."""
    kind, name = enum(w), w.fresh("member")
    first = (
        "try:",
        f"    {name} = {kind}({scope.status})",
        "except ValueError:",
        *indented(ending(w, scope._replace(handling=True))),
    )
    within = scope._replace(status=name)
    test = w.draw.one(
        (
            f"{name} is {kind}.{_member(w)}",
            f"{name} == {kind}.{_member(w)}",
            f"{name} in ({kind}.{_member(w)}, {kind}.{_member(w)})",
        )
    )
    return (*first, f"if {test}:", *indented(ending(w, within)))


def _member(w: Writer) -> str:
    return w.draw.one(
        ("OK", "MULTIPLE_CHOICES", "FORBIDDEN", "NOT_FOUND", "CONFLICT", "TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE")
    )


def _collected(w: Writer, scope: Scope) -> Sequence[str]:
    """Gather what is wrong, then look whether there is anything."""
    name = w.fresh("problems")
    lines = [f"{name} = []"]
    for _ in range(w.draw.number(1, 2)):
        number = w.draw.one(DOCUMENTED)
        test = w.draw.one((f"{scope.status} == {code(w, number)}", fails(w, scope)))
        lines += [f"if {test}:", f"    {name}.append({w.draw.one((repr('refused'), scope.status))})"]
    test = w.draw.one((name, f"len({name}) > 0", f"{name} != []", f"len({name}) == 1"))
    return (*lines, f"if {test}:", *indented(ending(w, scope)))
