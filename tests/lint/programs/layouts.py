"""Whole programs: where the request is sent, where its answer is examined, and who calls whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors, libraries, policies, rounds, sending
from tests.lint.programs.conditions import condition, fails
from tests.lint.programs.draw import Draw
from tests.lint.programs.endings import ending, note, success, value
from tests.lint.programs.files import apart
from tests.lint.programs.libraries import URL
from tests.lint.programs.steps import any_step, handler, rest
from tests.lint.programs.writer import Scope, Writer, indented

if TYPE_CHECKING:
    from collections.abc import Iterator


LIBRARIES = (
    *(libraries.REQUESTS,) * 5,
    *(libraries.HTTPX,) * 3,
    *(libraries.HTTPX_ASYNC,) * 2,
    *(libraries.AIOHTTP,) * 2,
    libraries.NIQUESTS,
    libraries.URLLIB3,
    libraries.URLLIB,
    libraries.HTTP_CLIENT,
)


def program(seed: int) -> str:
    """Return the text of a program; the same one for the same seed."""
    draw = Draw(seed)
    text = _whole(draw)
    return apart(text, draw) if draw.chance(12) else text


def _whole(draw: Draw) -> str:
    """Return a program in one file."""
    w = Writer(draw, draw.one(LIBRARIES))
    w.imports(f"import {w.library.name}")
    if w.library is libraries.URLLIB:
        return _raising_by_itself(w)
    layouts = [
        (5, _plain),
        (2, _sent_elsewhere),
        (3, _inner),
        (3, _client),
        (2, _pair),
        (2, rounds.again),
        (1, rounds.while_again),
    ]
    layouts += [(2, _within_try), (1, _decorated), (1, _guarded), (1, _record), (1, rounds.many)]
    layouts += [(2, policies.retried), (1, policies.asked_again), (2, policies.hooked), (1, policies.lazy)]
    layouts += [(1, rounds.recursive), (1, rounds.yielded), (1, _handed_over)]
    return draw.weighted(layouts)(w)


def _plain(w: Writer) -> str:
    """One function."""
    return w.text(sending.define(w, "fetch", "record_id", sending.request(w, rest(w, sending.scope(w)))), "fetch(7)")


def _sent_elsewhere(w: Writer) -> str:
    """One function sends, its caller looks at the response."""
    if w.library is libraries.AIOHTTP:
        return _inner(w)
    scope = sending.scope(w)
    before = tuple(note(w, scope)) if w.draw.chance(30) else ()
    if w.library.error and w.draw.chance(20):
        before = (*before, f"if {condition(w, scope)}:", "    r.raise_for_status()")
    lines = [*sending.define(w, "send", "record_id", sending.request(w, iter((*before, "return r")))), "", ""]
    body = iter((f"r = {w.library.waits}send(record_id)", *rest(w, scope)))
    lines += sending.define(w, "fetch", "record_id", body)
    return w.text(lines, "fetch(7)")


def _inner(w: Writer) -> str:
    """One function sends and examines, its caller goes by what it gives or raises."""
    lines = [*sending.define(w, "fetch", "record_id", sending.request(w, rest(w, sending.scope(w)))), "", ""]
    call = f"{w.library.waits}fetch(record_id)"
    lines += sending.define(w, "main", "record_id", outcome(w, call))
    return w.text(lines, "main(7)")


def outcome(w: Writer, call: str) -> Iterator[str]:
    """Yield the body of a function that goes by what another gives or raises."""
    kind = w.draw.number(0, 6)
    scope = Scope("'refused'", "result")
    if kind <= 2:
        yield "try:"
        yield f"    result = {call}"
        for _ in range(w.draw.number(1, 2)):
            yield from handler(w, Scope("0", "", ""), 1)
        yield "return result"
    elif kind == 3:
        yield f"result = {call}"
        yield "if result is None:"
        yield from indented(ending(w, scope))
        yield "return result"
    elif kind == 4:
        yield f"result = {call}"
        yield "if result is False or result is None:"
        yield from indented(note(w, scope))
        yield "    return None"
        yield "return result"
    else:
        yield f"return {call}"


def _client(w: Writer) -> str:
    """A class with a method that makes requests, and methods that ask for something."""
    waits = w.library.waits
    scope = sending.scope(w)._replace(own="self.")
    lines = ["class Client:"]
    if w.draw.chance(30):
        codes = ", ".join(str(one) for one in w.draw.some((300, 403, 404, 409, 429, 500, 503), 1, 3))
        lines += [f"    EXPECTED = ({codes},)", ""]
        scope = scope._replace(flags=(f"({scope.status} in self.EXPECTED)",))
    lines += ["    def __init__(self):", "        self.last = None", ""]
    lines += indented(sending.define(w, "_request", "self, record_id", sending.request(w, rest(w, scope))))
    lines += [""]
    call = f"{waits}self._request(record_id)"
    lines += indented(sending.define(w, "record", "self, record_id", outcome(w, call)))
    lines += w.members()
    return w.text(lines, "Client().record(7)")


def _pair(w: Writer) -> str:
    """One function gives status and body, its caller tests the status."""
    body = sending.body(w)
    order = w.draw.chance(50)
    given = f"r.{w.library.status}, {body}" if order else f"{body}, r.{w.library.status}"
    lines = [*sending.define(w, "send", "record_id", sending.request(w, iter((f"return {given}",)))), "", ""]
    names = "status, data" if order else "data, status"
    call = f"{w.library.waits}send(record_id)"
    first = f"{names} = {call}" if w.draw.chance(60) else f"result = {call}"
    scope = Scope("status", "data")
    if first.startswith("result"):
        scope = Scope("result[0]", "result[1]") if order else Scope("result[1]", "result[0]")
    lines += sending.define(w, "fetch", "record_id", iter((first, *rest(w, scope))))
    return w.text(lines, "fetch(7)")


_ANSWER = """\
class Answer:
    def __init__(self, status, data):
        self.status = status
        self.data = data
        self.ok = status == 200"""


def _record(w: Writer) -> str:
    """One function gives an object of the program's own that holds the status."""
    kind = w.draw.number(0, 2)
    if kind == 0:
        w.imports("from typing import NamedTuple")
        w.once("Answer", "class Answer(NamedTuple):\n    status: int\n    data: object")
    elif kind == 1:
        w.imports("import dataclasses")
        w.once(
            "Answer",
            "@dataclasses.dataclass\nclass Answer:\n    status: int\n    data: object = None\n\n"
            "    @property\n    def ok(self):\n        return self.status < 400",
        )
    else:
        w.once("Answer", _ANSWER)
    lines = [
        *sending.define(
            w,
            "send",
            "record_id",
            sending.request(w, iter((f"return Answer(r.{w.library.status}, {sending.body(w)})",))),
        ),
        "",
        "",
    ]
    scope = Scope("answer.status", "answer.data", flags=("answer.ok",) if kind else ())
    lines += sending.define(
        w, "fetch", "record_id", iter((f"answer = {w.library.waits}send(record_id)", *rest(w, scope)))
    )
    return w.text(lines, "fetch(7)")


def _within_try(w: Writer) -> str:
    """The request itself stands in a `try`."""
    scope = sending.scope(w)

    def tried() -> Iterator[str]:
        if w.library.error and w.draw.chance(70):
            yield "r.raise_for_status()"
        if w.draw.chance(50):
            yield from any_step(w, scope, 1).lines
        if w.draw.chance(50):
            yield from success(w, scope)
        else:
            yield from note(w, scope)

    def body() -> Iterator[str]:
        yield "try:"
        yield from indented(sending.request(w, tried()))
        for _ in range(w.draw.number(1, 2)):
            yield from handler(w, Scope("'unknown'", "", ""), 1)
        if w.draw.chance(25):
            yield "finally:"
            yield "    print('done')"
        if w.library is libraries.AIOHTTP:
            yield from ending(w, Scope("'unknown'", ""))
        else:
            yield from rest(w, scope, 1)

    return w.text(sending.define(w, "fetch", "record_id", body()), "fetch(7)")


def _decorated(w: Writer) -> str:
    """A decorator takes the exceptions."""
    waits, asynchronous = w.library.waits, "async " if w.library.waits else ""
    w.imports("import functools")
    handlers = [line for _ in range(w.draw.number(1, 2)) for line in handler(w, Scope("'unknown'", ""), 1)]
    wrapper = [
        "@functools.wraps(function)",
        f"{asynchronous}def wrapper(*args, **kwargs):",
        *indented(iter(("try:", f"    return {waits}function(*args, **kwargs)", *handlers))),
        "return wrapper",
    ]
    lines = ["def translated(function):", *indented(iter(wrapper)), "", "", "@translated"]
    lines += sending.define(w, "fetch", "record_id", sending.request(w, rest(w, sending.scope(w))))
    return w.text(lines, "fetch(7)")


def _guarded(w: Writer) -> str:
    """A context manager of the program's own takes the exceptions."""
    if w.draw.chance(50):
        w.imports("import contextlib")
        handlers = [line for _ in range(w.draw.number(1, 2)) for line in handler(w, Scope("'unknown'", ""), 0)]
        lines = [
            "@contextlib.contextmanager",
            "def translated():",
            "    try:",
            "        yield",
            *indented(iter(handlers)),
        ]
        manager = "translated()"
    else:
        known = errors.family(w)
        swallowed = w.draw.one((f"kind is {known.names[-1]}", "False", "True", "kind is not None", "None"))
        lines = ["class Translated:", "    def __enter__(self):", "        return self", ""]
        lines += ["    def __exit__(self, kind, error, trace):"]
        if w.draw.chance(50):
            lines += [f"        if isinstance(error, {w.draw.one((w.library.error or 'RuntimeError', *known.names))}):"]
            given = {"status": "0", "response": "None"}.get(known.takes, "'refused'")
            lines += [f"            raise {known.names[0]}({given}) from error"]
        lines += [f"        return {swallowed}"]
        manager = "Translated()"
    scope = sending.scope(w)

    def inside() -> Iterator[str]:
        yield f"with {manager}:"
        if w.library.error and w.draw.chance(60):
            yield "    r.raise_for_status()"
            if w.draw.chance(40):
                yield from indented(success(w, scope))
        else:
            yield from indented(iter(tuple(rest(w, scope, 1))))
        yield from rest(w, scope, 1) if w.draw.chance(50) else success(w, scope)

    lines += ["", "", *sending.define(w, "fetch", "record_id", sending.request(w, inside()))]
    return w.text(lines, "fetch(7)")


def _handed_over(w: Writer) -> str:
    """The caller says what is to be done with an error."""
    scope = sending.scope(w)
    argument = w.fresh("status")
    inner = Scope(argument, "")
    kind = w.draw.number(0, 2)
    if kind == 0:
        given = w.top("on_error_", [f"def <name>({argument}):", *indented(iter(tuple(ending(w, inner))))])
    elif kind == 1:
        given = f"lambda {argument}: {value(w, inner)}"
    else:
        given = "None"

    def body() -> Iterator[str]:
        yield f"if {fails(w, scope) if w.draw.chance(60) else condition(w, scope)}:"
        if given == "None":
            yield "    if on_error is not None:"
            yield f"        return on_error({scope.status})"
            yield from indented(ending(w, scope))
        else:
            yield w.draw.one((f"    return on_error({scope.status})", f"    on_error({scope.status})"))
        yield from rest(w, scope, 1)

    lines = [*sending.define(w, "send", "record_id, on_error=None", sending.request(w, body())), "", ""]
    lines += sending.define(
        w, "fetch", "record_id", iter((f"return {w.library.waits}send(record_id, on_error={given})",))
    )
    return w.text(lines, "fetch(7)")


def _raising_by_itself(w: Writer) -> str:
    """urllib.request raises for whatever is no success."""
    w.imports("import urllib.error")
    scope = sending.scope(w)
    name = "error"
    caught = scope._replace(
        status=f"error.{w.draw.one(w.library.error_status)}", success="", response="", error=name, handling=True
    )

    def tried() -> Iterator[str]:
        yield from success(w, scope)

    def body() -> Iterator[str]:
        url = f'f"{URL}/records/{{record_id}}"'
        yield "try:"
        yield f"    with urllib.request.urlopen({url}) as r:"
        yield from indented(indented(tried()))
        yield f"except {w.draw.one(('urllib.error.HTTPError', 'urllib.error.URLError', 'OSError'))} as error:"
        yield from indented(iter(tuple(rest(w, caught, 1))))

    lines = list(sending.define(w, "fetch", "record_id", body()))
    if w.draw.chance(40):
        lines += ["", "", *sending.define(w, "main", "record_id", outcome(w, "fetch(record_id)"))]
        return w.text(lines, "main(7)")
    return w.text(lines, "fetch(7)")
