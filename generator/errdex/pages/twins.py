"""Plain twins of the pages, for programs and language models: `.md` files, `llms.txt` and `llms-full.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.prose import plain
from errdex.pages.machine import public_url
from errdex.pages.markup import Markdown, backslashes
from errdex.pages.operations import not_applicable
from errdex.pages.site import Address
from errdex.pages.statuses import allowed_words, endpoint_words, status_text
from errdex.pages.words import words_of
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import Operation, Response, Status
    from errdex.pages.site import Site, Writer
    from errdex.pages.statuses import StatusText
    from errdex.pages.words import Words


class AnswerTwin(NamedTuple):
    """What the plain twin of a page tells of a status and one or several operations."""

    heading: Markdown
    lines: tuple[Markdown, ...]
    """The operations, where the heading does not name a single one."""
    words: Words
    allowed: Markdown
    """Which methods are allowed, where the status is about methods."""


class StatusTwin(NamedTuple):
    """What the plain twin of the page of a status tells."""

    text: StatusText
    answers: tuple[AnswerTwin, ...]


class OperationTwin(NamedTuple):
    """What the plain twin of a page tells of an operation."""

    title: Markdown
    summary: Markdown
    endpoints: tuple[Markdown, ...]
    limits: tuple[Markdown, ...]
    answers: tuple[AnswerTwin, ...]
    not_applicable: tuple[Markdown, ...]


def status_twin(writer: Writer, status: Status) -> StatusTwin:
    """Return what the plain twin of the page of a status tells."""
    text = status_text(writer, status)
    return StatusTwin(
        text,
        tuple(
            AnswerTwin(
                Markdown(f"{text.code} for {answer.title}"),
                tuple(asked.line for asked in answer.operations),
                answer.words,
                answer.allowed,
            )
            for answer in text.answers
        ),
    )


def operation_twins(writer: Writer, operations: Iterable[Operation]) -> tuple[OperationTwin, ...]:
    """Return what the plain twin of a page tells of its operations."""
    return tuple(_operation(writer, operation) for operation in operations)


def _operation(writer: Writer, operation: Operation) -> OperationTwin:
    title = writer.literal(operation.title)
    return OperationTwin(
        title=title,
        summary=writer.prose(operation.summary),
        endpoints=endpoint_words(writer, operation),
        limits=tuple(writer.prose(limit) for limit in operation.limits),
        answers=tuple(
            _answer(writer, operation, title, response)
            for response in writer.site.said[operation.id]
            if response.state == "documented"
        ),
        not_applicable=not_applicable(writer, operation),
    )


def _answer(writer: Writer, operation: Operation, title: Markdown, response: Response) -> AnswerTwin:
    words = words_of(writer, response)
    allowed = allowed_words(writer, (operation,), response.status)
    return AnswerTwin(Markdown(f"{words.title} from {title}"), (), words, allowed)


def llms_txt(site: Site) -> str:
    """Return the index of the reference in the form of llmstxt.org."""
    api = site.catalogue.api
    lines = [f"# {backslashes(api.title)}", ""]
    lines += [f"> {backslashes(plain(api.summary) or 'Every documented answer, its causes and remedies.')}", ""]
    lines += ["## Statuses", ""]
    for status in site.catalogue.statuses:
        title = backslashes(f"{status.code} {status.reason}".strip())
        says = f": {backslashes(plain(status.summary))}" if status.summary else ""
        lines.append(f"- [{title}]({public_url(site, site.status(status.code))}){says}")
    lines += ["", "## Operations", ""]
    for operation in site.catalogue.operations:
        endpoints = ", ".join(f"{endpoint.method} {endpoint.path}" for endpoint in operation.endpoints)
        title = backslashes(operation.title)
        lines.append(f"- [{title}]({public_url(site, site.operation(operation.id))}): {backslashes(endpoints)}")
    if site.catalogue.problems:
        lines += ["", "## Problems", ""]
    for problem in site.catalogue.problems:
        says = f": {backslashes(plain(problem.says))}" if problem.says else ""
        lines.append(f"- [{backslashes(problem.id)}]({public_url(site, site.problem(problem))}){says}")
    lines += ["", "## Data", ""]
    for name, page in (("The whole catalogue as JSON", "catalogue.json"), ("Everything in one text", "llms-full.txt")):
        lines.append(f"- [{name}]({public_url(site, Address(page))})")
    return "\n".join([*lines, ""])
