"""Programs in which something around the request looks at the answer: policies, hooks, lazy properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.lint.programs import errors, libraries, sending
from tests.lint.programs.conditions import condition, fails
from tests.lint.programs.endings import ending, success
from tests.lint.programs.libraries import URL
from tests.lint.programs.steps import rest
from tests.lint.programs.writer import Scope, indented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lint.programs.writer import Writer


def retried(w: Writer) -> str:
    """A library's decorator tries again after some exceptions."""
    decorator = w.draw.one((_tenacity, _tenacity, _backoff, _stamina))(w)
    lines = [decorator, *sending.define(w, "fetch", "record_id", sending.request(w, rest(w, sending.scope(w))))]
    return w.text(lines, "fetch(7)")


def _tenacity(w: Writer) -> str:
    w.imports("import tenacity")
    asked = w.draw.one(
        (
            f"retry=tenacity.retry_if_exception_type({_class(w)}), ",
            f"retry=tenacity.retry_if_not_exception_type({_class(w)}), ",
            f"retry=tenacity.retry_if_exception({_predicate(w)}), ",
            "",
        )
    )
    last = w.draw.one((", reraise=True", ", reraise=True", "", ", retry_error_callback=lambda state: None"))
    return f"@tenacity.retry({asked}stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_fixed(1){last})"


def _backoff(w: Writer) -> str:
    w.imports("import backoff")
    giveup = f", giveup={_predicate(w)}" if w.draw.chance(50) else ""
    raises = w.draw.one(("", "", ", raise_on_giveup=False"))
    return f"@backoff.on_exception(backoff.constant, {_class(w)}, max_tries=3, interval=0, jitter=None{giveup}{raises})"


def _stamina(w: Writer) -> str:
    w.imports("import stamina")
    asked = _class(w) if w.draw.chance(60) else _predicate(w)
    return f"@stamina.retry(on={asked}, attempts=2, wait_initial=0, wait_max=0, wait_jitter=0)"


def _class(w: Writer) -> str:
    known = errors.family(w).names
    return w.draw.one((w.library.error, *known)) if w.library.error else w.draw.one(known)


def _predicate(w: Writer) -> str:
    """Return a function that says of an exception whether to try again, or to give up."""
    known, argument = errors.family(w), w.fresh("error")
    options = [(w.library.error, status) for status in w.library.error_status] if w.library.error else []
    options += [(known.names[0], known.reads)] if known.reads else []
    if not options:
        return f"(lambda {argument}: isinstance({argument}, {w.draw.one(known.names)}))"
    cls, status = w.draw.one(options)
    test = f"isinstance({argument}, {cls}) and {condition(w, Scope(f'{argument}.{status}', ''), 1)}"
    if w.draw.chance(50):
        return f"(lambda {argument}: {test})"
    return w.top("worth_", [f"def <name>({argument}):", f"    return {test}"])


def asked_again(w: Writer) -> str:
    """A library tries again because of what it got, and hands the last answer out."""
    if w.library is libraries.AIOHTTP:
        return retried(w)
    argument = w.fresh("answer")
    test = condition(w, Scope(f"{argument}.{w.library.status}", "", argument), 1)
    if w.draw.chance(50):
        w.imports("import backoff")
        decorator = f"@backoff.on_predicate(backoff.constant, lambda {argument}: {test}, max_tries=3, interval=0)"
    else:
        w.imports("import tenacity")
        last = w.draw.one(
            (
                "",
                "",
                ", retry_error_callback=lambda state: state.outcome.result()",
                ", retry_error_callback=lambda _: None",
            )
        )
        policy = f"retry=tenacity.retry_if_result(lambda {argument}: {test}), stop=tenacity.stop_after_attempt(3)"
        decorator = f"@tenacity.retry({policy}{last})"
    lines = [decorator, *sending.define(w, "send", "record_id", sending.request(w, iter(("return r",)))), "", ""]
    body = iter((f"r = {w.library.waits}send(record_id)", *rest(w, sending.scope(w))))
    lines += sending.define(w, "fetch", "record_id", body)
    return w.text(lines, "fetch(7)")


def hooked(w: Writer) -> str:
    """A hook of the client looks at every answer."""
    scope = sending.scope(w)
    waits = w.library.waits
    name = "refuse"
    body = tuple(_complaints(w, scope))
    url = f'f"{URL}/records/{{record_id}}"'
    lines: list[str] = []
    match w.library:
        case libraries.REQUESTS | libraries.NIQUESTS:
            lines += [f"def {name}(r, *args, **kwargs):", *indented(body), "", ""]
            given = f"hooks={{'response': {w.draw.one((name, f'[{name}]'))}}}"
            if w.draw.chance(50):
                inside = iter((f"r = {w.library.name}.get({url}, {given})", *rest(w, scope)))
            else:
                hung = w.draw.one(
                    (f"session.hooks['response'].append({name})", f"session.hooks = {{'response': {name}}}")
                )
                made = f"session = {w.library.name}.Session()"
                inside = iter((made, hung, f"r = session.get({url})", *rest(w, scope)))
        case libraries.HTTPX | libraries.HTTPX_ASYNC:
            lines += [*sending.define(w, name, "r", iter(body)), "", ""]
            cls = "AsyncClient" if waits else "Client"
            inner = (f"r = {waits}client.get({url})", *rest(w, scope))
            made = f"httpx.{cls}(verify=False, event_hooks={{'response': [{name}]}})"
            inside = iter((f"{'async ' if waits else ''}with {made} as client:", *indented(inner)))
        case libraries.AIOHTTP:
            flag = w.draw.one(("True", name))
            lines += [*sending.define(w, name, "r", iter(body)), "", ""] if flag == name else []
            inner = (f"async with session.get({url}) as r:", *indented(rest(w, scope)))
            inside = iter((f"async with aiohttp.ClientSession(raise_for_status={flag}) as session:", *indented(inner)))
        case _:
            inside = sending.request(w, rest(w, scope))
    lines += sending.define(w, "fetch", "record_id", inside)
    return w.text(lines, "fetch(7)")


def _complaints(w: Writer, scope: Scope) -> Iterator[str]:
    for _ in range(w.draw.number(1, 2)):
        if w.library.error and w.draw.chance(30):
            yield f"{scope.response}.raise_for_status()"
        else:
            yield f"if {fails(w, scope) if w.draw.chance(40) else condition(w, scope)}:"
            yield f"    raise {errors.exception(w, scope)}"


def lazy(w: Writer) -> str:
    """A property sends the request when it is first asked for, others go by its answer."""
    if w.library.waits:
        return hooked(w)
    w.imports("import functools")
    answer = f"self.answer.{w.library.status}"
    scope = Scope(answer, sending.body(w).replace("r.", "self.answer.").replace("(r)", "(self.answer)"), "self.answer")
    sent = sending.request(w, iter(("return r",)))
    test = fails(w, scope) if w.draw.chance(50) else condition(w, scope)
    lines = ["class Report:", "    def __init__(self, record_id):", "        self.record_id = record_id", ""]
    lines += ["    @functools.cached_property", "    def answer(self):", "        record_id = self.record_id"]
    lines += [*indented(indented(sent)), ""]
    lines += ["    @property", "    def broken(self):", f"        return {test}", ""]
    flagged = scope._replace(flags=("self.broken",))
    body = ("if self.broken:", *indented(ending(w, scope)), *success(w, scope))
    if w.draw.chance(50):
        body = tuple(rest(w, flagged))
    lines += ["    def data(self):", *indented(indented(body)), *w.members()]
    return w.text(lines, "Report(7).data()")
