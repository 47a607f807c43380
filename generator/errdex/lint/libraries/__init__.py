"""The libraries that client code uses, as they really behave.

    names       which names are one thing; exception hierarchies; status constants
    clients     what sends a request: functions, sessions, `http.client`, `urlopen`
    responses   what a response says and does: `.ok`, `raise_for_status`, `.json()`
    retries     urllib3 Retry, tenacity, backoff, stamina
    standard    the parts of the standard library that requests pass through
    sending     what happens between the call and the response
    transports  adapters and transports that are the client's own
    urls        URL objects
    dispatch    one door to all of these, by dotted name

Each fact names its source; tests/lint/libraries runs the library itself to prove it.
"""

from __future__ import annotations

from errdex.lint.libraries.clients import VERBS, call_instance, has_member, imagine, initialize, shaped_request
from errdex.lint.libraries.dispatch import (
    attribute,
    call,
    decorate,
    decorate_with,
    exported,
    injected,
    library_item,
    submit,
    suppressed,
)
from errdex.lint.libraries.names import bases, canonical, is_enum, is_exception, is_modelled
from errdex.lint.libraries.responses import class_check, instance_attribute, response_attribute
from errdex.lint.libraries.retries import attempting, attempts, combine, retry_task
from errdex.lint.libraries.standard import never_returns


def same(first: str, second: str) -> bool:
    """Return whether two dotted names are one thing."""
    return canonical(first) == canonical(second)


__all__ = [
    "VERBS",
    "attempting",
    "attempts",
    "attribute",
    "bases",
    "call",
    "call_instance",
    "canonical",
    "class_check",
    "combine",
    "decorate",
    "decorate_with",
    "exported",
    "has_member",
    "imagine",
    "initialize",
    "injected",
    "instance_attribute",
    "is_enum",
    "is_exception",
    "is_modelled",
    "library_item",
    "never_returns",
    "response_attribute",
    "retry_task",
    "same",
    "shaped_request",
    "submit",
    "suppressed",
]
