"""Code that handles a status, for the generated module and for each HTTP library.

The code names the status, the operation's id and the module only. A test runs every snippet against a real server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.catalogue.model import Operation, Response, Status
    from errdex.pages.answers import Answer
    from errdex.pages.site import Writer

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class Handling(NamedTuple):
    """What the snippets of one status are made of; every field is safe in Python source text."""

    method: str
    """The library's function: `get`, `post` ..."""
    code: str
    """The status or range, as text."""
    matches: str
    """A condition on the variable `status`."""
    advice: str
    """What the snippet prints, without quotes."""
    problem: str
    """Subscripts that lead to the problem's name in the parsed JSON body; empty when there is none."""
    module: str
    """Import name of the generated module; empty when it raises nothing for the status."""
    member: str
    """The operation's constant in the module."""
    error: str
    """The class that the module raises."""


def handling(writer: Writer, status: Status, told: tuple[Answer, ...]) -> Handling | None:
    """Return what to show for the first operation that documents a status; None when no code can be shown."""
    if not told or not (matches := _condition(status.code)):
        return None
    operation, response = told[0].operations[0], told[0].response
    method = method_function(operation)
    if not method:
        return None
    names = writer.site.names
    error = names.errors.get((operation.id, status.code), "")
    return Handling(
        method=method,
        code=status.code,
        matches=matches,
        advice=_advice(response),
        problem=_subscripts(response),
        module=writer.site.module if error else "",
        member=names.members.get(operation.id, ""),
        error=error,
    )


def method_function(operation: Operation) -> str:
    """Return the function of an HTTP library for the operation's first method; empty when there is none."""
    method = operation.methods[0] if operation.methods else ""
    return method.lower() if method in _METHODS else ""


def _condition(code: str) -> str:
    if len(code) != len("404") or code[0] not in "12345":
        return ""
    if code[1:] == "XX":
        return f"status // 100 == {code[0]}"
    return f"status == {code}" if code.isascii() and code.isdecimal() else ""


def _advice(response: Response) -> str:
    if response.body and response.body.kind == "empty":
        return "the body is empty"
    if response.retryable:
        return "worth sending again"
    if response.status[0] == "2":
        return "done"
    return "see the causes above"


def _subscripts(response: Response) -> str:
    """Return `["ErrorList"][0]["Category"]` for the JSON path of a problem, when all of its steps are plain names."""
    path = dict(response.body.problem).get("json", "") if response.body else ""
    steps = path.split(".") if path else []
    if not all(step.isascii() and step.replace("_", "a").isalnum() for step in steps):
        return ""
    return "".join(f"[{step}]" if step.isdigit() else f'["{step}"]' for step in steps)
