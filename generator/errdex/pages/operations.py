"""The page of an operation: how to ask for it, its limits, and every status it can answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.bodies import body_words
from errdex.pages.markup import Markdown
from errdex.pages.statuses import (
    HeaderView,
    allowed_words,
    cause_view,
    endpoint_words,
    history_words,
    remedy_lines,
    retry_words,
)
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.catalogue.model import Operation, Response, Status
    from errdex.pages.site import Section, Writer
    from errdex.pages.statuses import (
        CauseView,
    )


class StatusOfOperation(NamedTuple):
    """One status that an operation documents."""

    anchor: str
    title: Markdown
    summary: Markdown
    detail: Markdown
    body: Markdown
    allowed: Markdown
    causes: tuple[CauseView, ...]
    remedies: tuple[Markdown, ...]
    headers: tuple[HeaderView, ...]
    problems: tuple[Markdown, ...]
    retry: Markdown
    more: Markdown
    """A link to the page of the status."""


class OperationView(NamedTuple):
    """Everything that is shown of an operation."""

    shared: bool
    """Whether other operations are on the same page."""

    heading: str
    """Hash marks of its own title."""
    anchor: str
    """The id of its title."""
    title: Markdown
    description: Markdown
    tags: tuple[Markdown, ...]
    summary: Markdown
    endpoints: tuple[Markdown, ...]
    methods: Markdown
    limits: tuple[Markdown, ...]
    statuses: tuple[StatusOfOperation, ...]
    not_applicable: tuple[Markdown, ...]
    unsaid: tuple[Markdown, ...]
    history: tuple[Markdown, ...]
    documentation: Markdown
    source: Markdown


class SectionPage(NamedTuple):
    """Operations that share a page."""

    title: Markdown
    description: Markdown
    operations: tuple[OperationView, ...]


def operation_view(writer: Writer, operation: Operation) -> OperationView:
    """Return what is shown of an operation, on its own page or on a shared one."""
    site = writer.site
    address = site.operation(operation.id)
    said = site.said[operation.id]
    documented = [response for response in said if response.state == "documented"]
    codes = {response.status for response in said}
    endpoints = endpoint_words(writer, operation)
    words = ", ".join(response.status for response in documented)
    return OperationView(
        shared=bool(address.anchor),
        heading="##" if address.anchor else "#",
        anchor=address.anchor or "_title",
        title=writer.literal(operation.title),
        description=writer.literal(f"{operation.title}: every documented answer ({words})"),
        tags=tuple(writer.literal(tag) for tag in operation.tags),
        summary=writer.prose(operation.summary),
        endpoints=endpoints,
        methods=Markdown(", ".join(writer.code(method) for method in operation.methods)),
        limits=tuple(writer.prose(limit) for limit in operation.limits),
        statuses=tuple(_status_of_operation(writer, site.statuses[r.status], r) for r in documented),
        not_applicable=tuple(_link(writer, site.statuses[r.status]) for r in said if r.state == "not-applicable"),
        unsaid=()
        if site.grouped
        else tuple(_link(writer, status) for status in site.catalogue.statuses if status.code not in codes),
        history=tuple(history_words(writer, operation)),
        documentation=(
            writer.outside("The API\u2019s own page", operation.doc_url) if operation.doc_url else Markdown("")
        ),
        source=writer.source(operation.location),
    )


def section_page(writer: Writer, section: Section, operations: tuple[Operation, ...]) -> SectionPage:
    """Return what a page shows that several operations share."""
    return SectionPage(
        title=writer.literal(section.title),
        description=writer.literal(f"{section.title}: operations and their documented answers"),
        operations=tuple(operation_view(writer, operation) for operation in operations),
    )


def _status_of_operation(writer: Writer, status: Status, response: Response) -> StatusOfOperation:
    site = writer.site
    return StatusOfOperation(
        anchor=site.operation(response.operation, status.code).anchor,
        title=writer.literal(f"{status.code} {response.reason or status.reason}".strip()),
        summary=writer.prose(response.summary),
        detail=writer.prose(response.detail),
        body=body_words(writer, response.body),
        allowed=allowed_words(writer, (site.operations[response.operation],), status.code),
        causes=tuple(cause_view(writer, cause) for cause in response.causes),
        remedies=remedy_lines(writer, response.remedies),
        headers=tuple(HeaderView(writer.code(header.name), writer.prose(header.says)) for header in response.headers),
        problems=tuple(writer.link(writer.code(problem.id), site.problem(problem)) for problem in response.problems),
        retry=retry_words(response.retryable),
        more=writer.link(
            Markdown(f"Examples and code for {writer.literal(status.code)}"),
            site.status(status.code, response.operation),
        ),
    )


def _link(writer: Writer, status: Status) -> Markdown:
    return writer.link(writer.literal(f"{status.code} {status.reason}".strip()), writer.site.status(status.code))
