"""What the server sends: a documented response as the bytes and headers that a client sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.catalogue.reasons import REASONS
from errdex.faults import bodies
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from errdex.catalogue.model import Catalogue, Response

Cut = Literal["before", "headers", "body"]

#: Where a redirect leads whose Location is not documented: there the server gives the operation's first success.
REDIRECTED = "/_errdex/redirected/"

#: They say how the body travels: an example of another body's length would keep the client waiting.
_FRAMING = frozenset({"content-length", "content-type", "content-encoding", "transfer-encoding", "connection"})

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Answer(NamedTuple):
    """One answer to one request, as it goes over the wire."""

    status: int
    """100 to 999."""
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """Without Content-Length, which the server works out; with Content-Type when there is a body."""
    body: bytes = b""
    delay: float = 0.0
    """Seconds before the first byte."""
    cut: Cut | None = None
    """Where the connection is cut: before the status line, after the headers, in the middle of the body."""


def by_operation(catalogue: Catalogue) -> dict[str, dict[str, Response]]:
    """Return the documented responses of each operation by status, in the catalogue's order."""
    found: dict[str, dict[str, Response]] = {operation.id: {} for operation in catalogue.operations}
    for response in catalogue.responses():
        if response.state == "documented":
            found[response.operation][response.status] = response
    return found


def documented(
    responses: Mapping[str, Response], status: str, *, media_types: Sequence[str] = (), problem: str = ""
) -> Answer:
    """Return the answer that is documented for that status, of an operation's responses.

    `media_types` says which the client prefers; the body has the first of them that is documented, else the first
    documented one. `problem` names the problem that an error body reports; the first documented one otherwise.
    A range or `default` is answered with the lowest status of its class that is not documented by itself.
    KeyError when the status is not documented.
    """
    return _answer(responses[status], number(responses, status), media_types, problem)


def number(responses: Iterable[str], status: str) -> int:
    """Return a number to send for a status, a range (`4XX`) or `default`, given all documented statuses."""
    if status.isdecimal():
        return int(status)
    taken = {int(code) for code in responses if code.isdecimal()}
    first = int(status[0]) * 100 if status[0].isdecimal() else 500
    return next((code for code in range(first, first + 100) if code not in taken), first)


def _answer(response: Response, status: int, media_types: Sequence[str], problem: str) -> Answer:
    headers = [
        (header.name, header.example)
        for header in response.headers
        if header.example and header.name.lower() not in _FRAMING
    ]
    if status in _REDIRECTS and not any(name.lower() == "location" for name, _ in headers):
        headers.append(("Location", f"{REDIRECTED}{response.operation}"))
    body = b""
    if response.body is not None and response.body.kind != "empty":
        media_type = choose(response.body.media_types, media_types)
        body = bodies.text(response, response.body, media_type, problem).encode()
        headers.append(("Content-Type", media_type))
    return Answer(status, response.reason or REASONS.get(status, ""), tuple(headers), body)


def choose(offered: Sequence[str], wanted: Iterable[str]) -> str:
    """Return the first wanted media type that is offered, else the first that is offered, else JSON.

    A bare subtype such as `json` is wanted as well as a full media type.
    """
    for name in wanted:
        for media_type in offered:
            if name in {media_type, bodies.subtype(media_type)}:
                return media_type
    return offered[0] if offered else "application/json"
