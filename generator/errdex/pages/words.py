"""What a response says, ready to show: the same record wherever it is told.

Hundreds of operations of a large API have the same words for a status. What they say is written once for all pages that
lead elsewhere in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.bodies import body_words
from errdex.pages.markup import Markdown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import Cause, Remedy, Response
    from errdex.pages.site import Writer


class CauseView(NamedTuple):
    """A cause and what helps against it."""

    says: Markdown
    remedies: tuple[Markdown, ...]
    retry: Markdown
    """Whether this cause passes by itself; empty when the catalogue does not say."""


class HeaderView(NamedTuple):
    """A documented header."""

    name: Markdown
    says: Markdown


class Words(NamedTuple):
    """All that a documented response says, whichever operation it is of."""

    title: Markdown
    """The status and its reason."""
    summary: Markdown
    detail: Markdown
    body: Markdown
    causes: tuple[CauseView, ...]
    remedies: tuple[Markdown, ...]
    headers: tuple[HeaderView, ...]
    problems: tuple[Markdown, ...]
    retry: Markdown


def words_of(writer: Writer, response: Response) -> Words:
    """Return what a response says, ready to show."""
    key = writer.up, writer.site.alike[response.status, response.operation]
    words = writer.written.get(key)
    if words is None:
        words = writer.written[key] = _words_of(writer, response)
    return words


def _words_of(writer: Writer, response: Response) -> Words:
    site = writer.site
    reason = response.reason or site.statuses[response.status].reason
    return Words(
        title=writer.literal(f"{response.status} {reason}".strip()),
        summary=writer.prose(response.summary),
        detail=writer.prose(response.detail),
        body=body_words(writer, response.body),
        causes=tuple(cause_view(writer, cause) for cause in response.causes),
        remedies=remedy_lines(writer, response.remedies),
        headers=tuple(HeaderView(writer.code(header.name), writer.prose(header.says)) for header in response.headers),
        problems=tuple(writer.link(writer.code(problem.id), site.problem(problem)) for problem in response.problems),
        retry=retry_words(response.retryable),
    )


def cause_view(writer: Writer, cause: Cause) -> CauseView:
    """Return a cause with its remedies, ready to show."""
    return CauseView(writer.prose(cause.says), remedy_lines(writer, cause.remedies), retry_words(cause.retryable))


def remedy_lines(writer: Writer, remedies: Iterable[Remedy]) -> tuple[Markdown, ...]:
    """Return remedies, ready to show."""
    return tuple(writer.prose(remedy.says) for remedy in remedies)


def retry_words(retryable: bool | None) -> Markdown:  # noqa: FBT001 - the third value is why there is a parameter
    """Return whether the same request may succeed later; empty when the catalogue does not say."""
    if retryable is None:
        return Markdown("")
    if retryable:
        return Markdown("The same request may succeed later: wait, then send it again.")
    return Markdown("Do not send the same request again unchanged.")
