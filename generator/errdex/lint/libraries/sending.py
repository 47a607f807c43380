"""Sending: what happens between the call of a client and the response that the code sees.

The request is recorded, a status is supposed, and the library does its part: base URLs, redirects, retries, hooks,
exceptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.lint.interpreter import comparisons, strings
from errdex.lint.interpreter.machine import RaiseSignal, Sent
from errdex.lint.libraries import retries, transports
from errdex.lint.libraries.responses import REDIRECTS, raise_for_status, status_error
from errdex.lint.values import (
    Deferred,
    Function,
    Hole,
    Instance,
    Mapping,
    Method,
    Partial,
    Request,
    Response,
    Sequence,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from errdex.lint.interpreter.machine import Walk
    from errdex.lint.values import Place


def send(
    walk: Walk,
    library: str,
    method: object,
    url: object,
    place: Place,
    instance: Instance | None,
    keywords: dict[str, object],
    *,
    guessed: bool = False,
) -> object:
    """Send a request: record it, suppose its status, do what the library does before the caller sees the response."""
    if isinstance(url, Instance) and "__url__" in url.attributes:
        url = url.attributes["__url__"]
    held = {} if instance is None else instance.attributes
    target = _absolute(library, url, held)
    method = method.upper() if isinstance(method, str) else method
    sent = Sent(Request(library, method, target, place, guessed), tuple(walk.stack), tuple(walk.functions))
    if walk.imagining:
        walk.asked += 1
        return Response(library, sent.request, None, tracked=False)
    walk.sent.append(sent)
    status, tracked = (None, False) if walk.answer is None else walk.answer(sent)
    response = Response(library, sent.request, status, tracked=tracked)
    if tracked:
        payload = [keywords.get(name) for name in ("json", "data", "content", "params", "body", "fields")]
        identity = (comparisons.identity(url), *(comparisons.identity(value) for value in payload))
        walk.attempts[identity] = walk.attempts.get(identity, 0) + 1
    transport = transports.serving(held, target)
    policy = keywords.get("retries", held.get("retries"))
    if transport is not None and "max_retries" in transport.attributes:
        policy = transport.attributes["max_retries"]

    def exchange() -> Response:
        walk.born = walk.born or tracked
        retries.retry_by_policy(walk, policy, response, method, place)
        return response

    answered = transports.pass_through(walk, transport, {"method": method, "url": target}, exchange, place)
    if not isinstance(answered, Response):
        return answered
    _call_hooks(walk, library, held, keywords, answered, place)
    follows = answered.status in REDIRECTS and _follows(answered, method, policy, held, keywords)
    # Without a condition in the request, nothing is answered with 304 (RFC 9110, section 15.4.5).
    never_comes = answered.status == 304 and method in ("GET", "HEAD") and not _has_condition(walk, sent)
    if tracked and (follows or never_comes):
        walk.followed = True
        answered = Response(library, sent.request, min(walk.successes, default=200), tracked=True)
        _call_hooks(walk, library, held, keywords, answered, place)
    _raise(walk, library, held, keywords, answered, place)
    return answered


#: What the text of code has that sends conditional requests, or expects to.
_CONDITIONS = re.compile(r"(?i)if[-_](none[-_]match|modified[-_]since)|etag|not[-_]modified|\b304\b")


def _has_condition(walk: Walk, sent: Sent) -> bool:
    """Return whether a request may be conditional, as the text of the files says that lead to it."""
    files = {sent.request.place.path, *(place.path for place in sent.stack)}
    return any(_CONDITIONS.search(line) for path in sorted(files) for line in walk.project.lines(path))


def _raise(
    walk: Walk, library: str, held: dict[str, object], keywords: dict[str, object], response: Response, place: Place
) -> None:
    """Raise for a status as the library does by itself, or as it was asked to when the client was made."""
    status = response.status
    if library == "urllib" and status is not None and not 200 <= status < 300 and held.get("__raises__") is not False:
        walk.test(place, response, frozenset(), True, "raising")
        raise RaiseSignal(status_error(response), place)
    if library == "aiohttp":
        asked = keywords.get("raise_for_status")
        raising = held.get("raise_for_status") if asked is None else asked
        if raising is True:
            raise_for_status(walk, response, place)
        elif isinstance(raising, Function | Method):
            _call_hook(walk, raising, response, place)


def _follows(
    response: Response, method: object, policy: object, held: dict[str, object], keywords: dict[str, object]
) -> bool:
    """Return whether the library follows a redirect by itself, so that the code never sees it."""
    match response.library:
        case "requests" | "aiohttp":
            return keywords.get("allow_redirects", True) is not False
        case "httpx":
            return keywords.get("follow_redirects", held.get("follow_redirects", False)) is True
        case "urllib3":
            return keywords.get("redirect", True) is not False and policy is not False
        case "urllib":
            # urllib/request.py: HTTPRedirectHandler.redirect_request, unless the client has its own.
            by_get = method in ("GET", "HEAD") or (method == "POST" and response.status in (301, 302, 303))
            return by_get and held.get("__follows__") is not False
        case _:
            return False


def _absolute(library: str, url: object, held: dict[str, object]) -> object:
    base = held.get("base_url")
    if isinstance(base, Instance):
        base = base.attributes.get("__url__", Unknown("base_url"))
    if "__host__" in held:
        port = held.get("__port__")
        host = strings.parts_of(held["__host__"], "host")
        prefix = (
            f"{held['__scheme__']}://",
            *host,
            *((":", *strings.parts_of(port, "port")) if port is not None else ()),
        )
        return strings.text_of((*prefix, *strings.parts_of(url, "path")))
    if base is None or base == "":
        return url
    parts = strings.parts_of(url, "url")
    if isinstance(parts[0] if parts else "", str) and parts and "://" in str(parts[0]):
        return url
    if library == "httpx":
        stripped = strings.method("rstrip", base, ["/"], {}) if isinstance(base, str | Text) else base
        tail = (parts[0].lstrip("/"), *parts[1:]) if parts and isinstance(parts[0], str) else parts
        return strings.text_of((*strings.parts_of(stripped, "base_url"), "/", *tail))
    return strings.join_urls(base if strings.is_text(base) else Text((Hole("base_url"),)), url)


def _call_hooks(
    walk: Walk, library: str, held: dict[str, object], keywords: dict[str, object], response: Response, place: Place
) -> None:
    for hook in _hooks(library, held, keywords):
        _call_hook(walk, hook, response, place)


def _hooks(library: str, held: dict[str, object], keywords: dict[str, object]) -> list[object]:
    """Return the functions that see each response, redirects too; a request's replace its session's (merge_hooks)."""
    if library == "requests":
        own = _listed(keywords.get("hooks"))
        return own or ([] if "__prepared__" in keywords else _listed(held.get("hooks")))
    return _listed(held.get("event_hooks")) if library == "httpx" else []


def _listed(hooks: object) -> list[object]:
    value = hooks.items.get("response") if isinstance(hooks, Mapping) else None
    if isinstance(value, Sequence):
        return list(value.items)
    return [] if value is None else [value]


def _call_hook(walk: Walk, hook: object, response: Response, place: Place) -> None:
    from errdex.lint.interpreter.calls import call_value, run_deferred

    if isinstance(hook, Function | Method | Partial):
        value = call_value(walk, hook, [response], {}, place)
        if isinstance(value, Deferred):
            run_deferred(walk, value, place)
