"""Code that handles a status, for the generated module and for each HTTP library.

The code names the status, the operation's id and the module only. A test runs every snippet against a real server.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from errdex.pages.site import anchor

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
    says: str
    """What the snippet prints, without quotes."""
    problem: str
    """Subscripts that lead to the problem's name in the parsed JSON body; empty when there is none."""
    module: str
    """Import name of the generated module; empty when the snippet cannot name the operation."""
    operation: str
    """The operation's id."""


def handling(writer: Writer, status: Status, told: tuple[Answer, ...]) -> Handling | None:
    """Return what to show for the first operation that documents a status; None when no code can be shown."""
    if not told or not (matches := _condition(status.code)):
        return None
    operation, response = told[0].operations[0], told[0].response
    method = operation.methods[0] if operation.methods else ""
    if method not in _METHODS:
        return None
    plain_id = anchor(operation.id) == operation.id
    return Handling(
        method=method.lower(),
        code=status.code,
        matches=matches,
        says=_advice(response),
        problem=_subscripts(response),
        module=writer.site.module if plain_id and _raises(status.code) else "",
        operation=operation.id if plain_id else "",
    )


def module_names(operation: Operation) -> str:
    """Return the operation's id as the module knows it."""
    return operation.id


def _raises(code: str) -> bool:
    return code[0] in "45"


def _condition(code: str) -> str:
    if re.fullmatch("[1-5][0-9][0-9]", code):
        return f"status == {code}"
    if re.fullmatch("[1-5]XX", code):
        return f"status // 100 == {code[0]}"
    return ""


def _advice(response: Response) -> str:
    if response.body and response.body.kind == "empty":
        return "there is no body to read"
    if response.retryable:
        return "worth sending again"
    if response.status[0] == "2":
        return "done"
    return "see the causes above"


def _subscripts(response: Response) -> str:
    """Return `["ErrorList"][0]["Category"]` for the JSON path of a problem, when all of its steps are plain names."""
    path = dict(response.body.problem).get("json", "") if response.body else ""
    steps = path.split(".") if path else []
    if not all(re.fullmatch(r"\w+", step, re.ASCII) for step in steps):
        return ""
    return "".join(f"[{step}]" if step.isdigit() else f'["{step}"]' for step in steps)
