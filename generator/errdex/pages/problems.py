"""The page of a problem: a named error, where it comes, why, and how a program recognises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.words import cause_view, remedy_lines, retry_words
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Body, Problem, Response
    from errdex.pages.markup import Markdown
    from errdex.pages.site import Site, Writer
    from errdex.pages.words import CauseView


class ProblemPage(NamedTuple):
    """Everything that the page of a problem shows."""

    title: Markdown
    description: Markdown
    tag: Markdown
    """The problem's id, as text."""
    name: Markdown
    """The problem's id, as code."""
    says: Markdown
    type: Markdown
    """The RFC 9457 type, as code; empty when the API sends none."""
    places: tuple[tuple[Markdown, Markdown], ...]
    """(format, path) of where its name stands in a body."""
    pairs: tuple[tuple[Markdown, Markdown], ...]
    """(status, operation), both links."""
    causes: tuple[CauseView, ...]
    remedies: tuple[Markdown, ...]
    retry: Markdown
    source: Markdown
    data: str
    """The machine-readable twin, relative."""


def problem_page(writer: Writer, problem: Problem) -> ProblemPage:
    """Return what the page of a problem shows."""
    site = writer.site
    responses = list(responses_with(site, problem))
    places = dict.fromkeys(place for body in _bodies(responses) for place in body.problem)
    name = site.problem_names[problem.id]
    return ProblemPage(
        title=writer.literal(f"{problem.id}: {problem.title}" if problem.title not in {"", problem.id} else problem.id),
        description=writer.literal(f"{problem.id}: a named error of {site.catalogue.api.title}"),
        tag=writer.literal(problem.id),
        name=writer.code(problem.id),
        says=writer.prose(problem.says),
        type=writer.code(problem.type) if problem.type else writer.literal(""),
        places=tuple((writer.literal(form.upper()), writer.code(path)) for form, path in places),
        pairs=tuple(
            (
                writer.link(writer.literal(r.status), site.status(r.status, r.operation)),
                writer.link(writer.literal(site.operations[r.operation].title), site.operation(r.operation, r.status)),
            )
            for r in responses
        ),
        causes=tuple(cause_view(writer, cause) for cause in problem.causes),
        remedies=remedy_lines(writer, problem.remedies),
        retry=retry_words(problem.retryable),
        source=writer.source(problem.location),
        data=f"{name}/index.json",
    )


def responses_with(site: Site, problem: Problem) -> Iterator[Response]:
    """Yield the responses that can carry a problem."""
    for response in site.responses.values():
        if any(named.id == problem.id for named in response.problems):
            yield response


def _bodies(responses: list[Response]) -> Iterator[Body]:
    for response in responses:
        if response.body:
            yield response.body
