"""Responses that say the same, told once.

A catalogue may say one thing for all operations, or an imported one the same words for each of a thousand. Either
way a page tells it once and names the operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import Cause, Operation, Response, Status
    from errdex.pages.site import Site


class Answer(NamedTuple):
    """What a status means for one or more operations, all alike."""

    operations: tuple[Operation, ...]
    response: Response
    """The response of the first of them."""


def answers(site: Site, status: Status) -> tuple[Answer, ...]:
    """Return what a status means, in the order of the operations, like answers merged."""
    return merge(site, (response for response in site.told[status.code] if response.state == "documented"))


def merge(site: Site, responses: Iterable[Response]) -> tuple[Answer, ...]:
    """Return responses that mean the same as one answer each, in the order of the first of them."""
    alike: dict[int | None, list[Response]] = {}
    for response in responses:
        alike.setdefault(site.alike.get((response.status, response.operation)), []).append(response)
    return tuple(Answer(tuple(site.operations[r.operation] for r in same), same[0]) for same in alike.values())


def meaning(response: Response) -> tuple[object, ...]:
    """Return all that a response says, without where it says it and of which operation."""
    body = response.body
    return (
        response.status,
        response.state,
        response.reason,
        response.summary,
        response.detail,
        body and (body.kind, body.says, body.media_types, body.problem, body.open, body.example),
        tuple(_cause(cause) for cause in response.causes),
        tuple(remedy.says for remedy in response.remedies),
        tuple((header.name, header.says, header.type, header.required, header.example) for header in response.headers),
        tuple(problem.id for problem in response.problems),
        response.retryable,
        response.client,
        response.since,
        response.deprecated,
        response.removed,
        response.doc_url,
        response.owner,
        response.related,
    )


def _cause(cause: Cause) -> tuple[object, ...]:
    return cause.says, tuple(remedy.says for remedy in cause.remedies), cause.retryable
