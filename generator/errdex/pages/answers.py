"""Responses that say the same, told once.

A catalogue may say one thing for all operations, or an imported one the same words for each of a thousand. Either
way a page tells it once and names the operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.model import Cause, Operation, Response, Status
    from errdex.pages.site import Site


class Answer(NamedTuple):
    """What a status means for one or more operations, all alike."""

    operations: tuple[Operation, ...]
    response: Response
    """The response of the first of them."""


def answers(site: Site, status: Status) -> tuple[Answer, ...]:
    """Return what a status means, in the order of the operations, like answers merged."""
    documented = [response.operation for response in site.told[status.code] if response.state == "documented"]
    return merge(site, status.code, [site.operations[name] for name in documented])


def merge(site: Site, code: str, operations: Sequence[Operation]) -> tuple[Answer, ...]:
    """Return what a status means for some operations, like answers merged, in the order of the first of each."""
    if len(operations) == 1:
        return (Answer(tuple(operations), site.response(code, operations[0].id)),)
    alike: dict[int | None, list[Operation]] = {}
    for operation in operations:
        alike.setdefault(site.alike.get((code, operation.id)), []).append(operation)
    return tuple(Answer(tuple(same), site.response(code, same[0].id)) for same in alike.values())


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
