"""The page of an operation: how to ask for it, its limits, and every status it can answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.markup import Markdown
from errdex.pages.statuses import allowed_words, endpoint_words, history_words
from errdex.pages.words import words_of
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.catalogue.model import Operation, Response, Status
    from errdex.pages.site import Section, Writer
    from errdex.pages.words import Words


class StatusOfOperation(NamedTuple):
    """One status that an operation documents."""

    anchor: str
    code: Markdown
    words: Words
    allowed: Markdown
    more: str
    """What leads to the page of the status."""


class OperationView(NamedTuple):
    """Everything that is shown of an operation."""

    shared: bool
    """Whether other operations are on the same page."""
    heading: str
    """Hash marks of its own title."""
    anchor: str
    """The id of its title."""
    title: Markdown
    summary: Markdown
    endpoints: tuple[Markdown, ...]
    limits: tuple[Markdown, ...]
    statuses: tuple[StatusOfOperation, ...]
    not_applicable: tuple[Markdown, ...]
    unsaid: tuple[Markdown, ...]
    history: tuple[Markdown, ...]
    documentation: Markdown
    source: Markdown


class OperationPage(NamedTuple):
    """The page of one operation."""

    description: Markdown
    tags: tuple[Markdown, ...]
    operation: OperationView


class SectionPage(NamedTuple):
    """Operations that share a page."""

    title: Markdown
    description: Markdown
    operations: tuple[OperationView, ...]


def operation_page(writer: Writer, operation: Operation) -> OperationPage:
    """Return what a page shows that an operation has for itself."""
    said = writer.site.said[operation.id]
    words = ", ".join(response.status for response in said if response.state == "documented")
    return OperationPage(
        description=writer.literal(f"{operation.title}: every documented answer ({words})"),
        tags=tuple(writer.literal(tag) for tag in operation.tags),
        operation=_operation(writer, operation),
    )


def section_page(writer: Writer, section: Section, operations: tuple[Operation, ...]) -> SectionPage:
    """Return what a page shows that several operations share."""
    return SectionPage(
        title=writer.literal(section.title),
        description=writer.literal(f"{section.title}: operations and their documented answers"),
        operations=tuple(_operation(writer, operation) for operation in operations),
    )


def _operation(writer: Writer, operation: Operation) -> OperationView:
    site = writer.site
    address = site.operation(operation.id)
    said = site.said[operation.id]
    documented = [response for response in said if response.state == "documented"]
    codes = {response.status for response in said}
    return OperationView(
        shared=bool(address.anchor),
        heading="##" if address.anchor else "#",
        anchor=address.anchor or "_title",
        title=writer.literal(operation.title),
        summary=writer.prose(operation.summary),
        endpoints=endpoint_words(writer, operation),
        limits=tuple(writer.prose(limit) for limit in operation.limits),
        statuses=tuple(_status_of_operation(writer, response) for response in documented),
        not_applicable=not_applicable(writer, operation),
        unsaid=()
        if site.grouped
        else tuple(status_link(writer, status) for status in site.catalogue.statuses if status.code not in codes),
        history=tuple(history_words(writer, operation)),
        documentation=(
            writer.outside("The API\u2019s own page", operation.doc_url) if operation.doc_url else Markdown("")
        ),
        source=writer.source(operation.location),
    )


def not_applicable(writer: Writer, operation: Operation) -> tuple[Markdown, ...]:
    """Return links to the statuses that the API rules out for an operation."""
    site = writer.site
    ruled_out = (response.status for response in site.said[operation.id] if response.state == "not-applicable")
    return tuple(status_link(writer, site.statuses[code]) for code in ruled_out)


def status_link(writer: Writer, status: Status) -> Markdown:
    """Return a link to the page of a status."""
    return writer.link(writer.literal(f"{status.code} {status.reason}".strip()), writer.site.status(status.code))


def _status_of_operation(writer: Writer, response: Response) -> StatusOfOperation:
    site = writer.site
    return StatusOfOperation(
        anchor=site.operation(response.operation, response.status).anchor,
        code=writer.literal(response.status),
        words=words_of(writer, response),
        allowed=allowed_words(writer, (site.operations[response.operation],), response.status),
        more=writer.href(site.status(response.status, response.operation)),
    )
