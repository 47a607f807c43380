"""Exception classes of the program's own, and how they are raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.lint.programs.conditions import code, messages
from tests.lint.programs.writer import DOCUMENTED

if TYPE_CHECKING:
    from tests.lint.programs.writer import Scope, Writer


class Family(NamedTuple):
    """The exception classes of one program, a base first."""

    names: tuple[str, ...]
    takes: str
    """What the constructor wants: `status`, `response`, or nothing in particular."""
    reads: str
    """Where an exception keeps the status: `status`, `response.status_code`, `args[0]`; empty when it does not."""
    table: str
    """A dictionary from status to class that the classes fill themselves; may be empty."""


def family(w: Writer) -> Family:
    """Return the program's exception classes, the same ones each time."""
    if w.family is None:
        w.family = _family(w)
    return w.family


def _family(w: Writer) -> Family:
    base = w.draw.one(("Exception", "Exception", "RuntimeError", "LookupError"))
    body, takes, reads = w.draw.one(_bodies(w))
    names = ["ApiError"]
    registry = w.draw.one(("", "", "", "decorator", "subclasses"))
    if registry == "subclasses" and body.strip() != "pass":
        body = f"{body}\n{_SUBCLASSES}"
    elif registry == "decorator":
        w.once("REGISTRY", _REGISTRY)
    w.once("ApiError", f"class ApiError({base}):\n{body}")
    for name in w.draw.some(("Missing", "Busy", "Refused", "Broken"), 1, 4):
        parents = w.draw.one(names)
        if len(names) > 2 and w.draw.chance(10):
            parents = f"{names[-1]}, PermissionError" if base == "Exception" else names[-1]
        extra = f"    http = {w.draw.one(DOCUMENTED)}" if "http" in body else "    pass"
        decorator = f"@answers({w.draw.one(DOCUMENTED)})\n" if registry == "decorator" and w.draw.chance(70) else ""
        if _SUBCLASSES in body:
            parents = f"{parents}, answers={w.draw.one(DOCUMENTED)}"
        w.once(name, f"{decorator}class {name}({parents}):\n{extra}")
        names.append(name)
    table = "REGISTRY" if registry == "decorator" else "ApiError.known" if _SUBCLASSES in body else ""
    return Family(tuple(names), takes, reads, table)


_REGISTRY = """\
REGISTRY = {}


def answers(*statuses):
    def register(cls):
        for status in statuses:
            REGISTRY[status] = cls
        return cls

    return register"""

_SUBCLASSES = """\
    known = {}

    def __init_subclass__(cls, answers=0, **more):
        super().__init_subclass__(**more)
        ApiError.known[answers] = cls"""


def _bodies(w: Writer) -> list[tuple[str, str, str]]:
    """Return the bodies that the base class may have, what its constructor takes, and where it keeps the status."""
    found = [
        ("    pass", "", ""),
        ("    http = 0", "", ""),
        (_WITH_MESSAGE, "status", "status"),
        (_WITH_PROPERTY, "status", "status"),
        (_WITH_ARGUMENTS, "status", "args[0]"),
    ]
    if w.library.error:
        reads = w.draw.one(("status", f"response.{w.library.status}"))
        found.append((_WITH_RESPONSE + w.library.status, "response", reads))
    return found


_WITH_MESSAGE = """\
    def __init__(self, status, message=''):
        super().__init__(message)
        self.status = status"""

_WITH_PROPERTY = """\
    def __init__(self, status):
        super().__init__(f'answered {status}')
        self.status = status

    @property
    def temporary(self):
        return self.status in (429, 503)"""

_WITH_ARGUMENTS = """\
    status = 0

    def __init__(self, status=0, *args):
        self.status = status
        Exception.__init__(self, status, *args)"""

_WITH_RESPONSE = """\
    def __init__(self, response):
        super().__init__('refused')
        self.response = response

    @property
    def status(self):
        return self.response."""


def exception(w: Writer, scope: Scope) -> str:
    """Return an expression for an exception to raise."""
    known = family(w)
    if w.draw.chance(30) or (known.takes == "response" and not scope.response):
        kind = w.draw.one(("RuntimeError", "LookupError", "ValueError", "PermissionError"))
        s = scope.status
        return w.draw.one(
            (f"{kind}({s})", f"{kind}('refused')", kind, f'{kind}(f"answered {{{s}}}")', f"{kind}(str({s}))")
        )
    if w.draw.chance(20):
        table = error_table(w, scope)
        s = scope.status
        first = w.draw.one((f"{table}.get({s}, {known.names[0]})", f"({table}.get({s}) or {known.names[0]})"))
        return f"{first}{given(w, scope, known)}"
    if w.draw.chance(10):
        return _mapped(w, scope, known)
    name = w.draw.one(known.names)
    return name if not known.takes and w.draw.chance(30) else f"{name}{given(w, scope, known)}"


def _mapped(w: Writer, scope: Scope, known: Family) -> str:
    """Return a call of a function that makes an exception for a status."""
    argument, s = w.fresh("answer"), scope.status
    inner = scope._replace(status=argument, response="")
    if known.takes == "response":
        inner = scope._replace(status=f"{argument}.{w.library.status}", response=argument)
        s = scope.response
    lines = [f"def <name>({argument}):"]
    for number in w.draw.some(DOCUMENTED, 1, 2):
        made = f"{w.draw.one(known.names)}{given(w, inner, known)}"
        lines += [f"    if {inner.status} == {code(w, number)}:", f"        return {made}"]
    lines += [f"    return {known.names[0]}{given(w, inner, known)}"]
    return f"{w.top('to_error_', lines)}({s})"


def given(w: Writer, scope: Scope, known: Family) -> str:
    """Return the arguments for a class of the family, in brackets."""
    match known.takes:
        case "status":
            return f"({scope.status})"
        case "response":
            return f"({scope.response or None})"
        case _:
            return w.draw.one(("('refused')", f"({scope.status})"))


def error_table(w: Writer, scope: Scope) -> str:
    """Return a dictionary from status to exception class: a constant, or one of the class."""
    known = family(w)
    if known.table and w.draw.chance(60):
        return known.table
    if not known.takes and "http" in w.source(known.names[0]) and w.draw.chance(50):
        return w.top("ERRORS_", [f"<name> = {{one.http: one for one in ({', '.join(known.names[1:])},)}}"])
    pairs = ", ".join(f"{code(w, n)}: {w.draw.one(known.names)}" for n in w.draw.some(DOCUMENTED, 1, 4))
    if scope.own and w.draw.chance(30):
        return f"self.{w.member('ERRORS_', [f'<name> = {{{pairs}}}'])}"
    return w.top("ERRORS_", [f"<name> = {{{pairs}}}"])


def wording(w: Writer, scope: Scope) -> str:
    """Return an expression that looks a status up in a table of words."""
    table = messages(w)
    s = scope.status
    return w.draw.one((f"{table}.get({s})", f"{table}.get({s}, 'unknown')"))
