"""Plain twins of the pages, for programs and language models: `.md` files, `llms.txt` and `llms-full.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.prose import plain
from errdex.pages.machine import public_url
from errdex.pages.markup import backslashes
from errdex.pages.operations import not_applicable
from errdex.pages.site import Address
from errdex.pages.statuses import allowed_words, endpoint_words
from errdex.pages.words import words_of
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import Operation
    from errdex.pages.markup import Markdown
    from errdex.pages.site import Site, Writer
    from errdex.pages.words import Words


class OperationTwin(NamedTuple):
    """What the plain twin of a page tells of an operation."""

    title: Markdown
    summary: Markdown
    endpoints: tuple[Markdown, ...]
    limits: tuple[Markdown, ...]
    answers: tuple[tuple[Words, Markdown], ...]
    """What each status means, and which methods are allowed where it is about methods."""
    not_applicable: tuple[Markdown, ...]


def operation_twins(writer: Writer, operations: Iterable[Operation]) -> tuple[OperationTwin, ...]:
    """Return what the plain twin of a page tells of its operations."""
    return tuple(_operation(writer, operation) for operation in operations)


def _operation(writer: Writer, operation: Operation) -> OperationTwin:
    documented = (response for response in writer.site.said[operation.id] if response.state == "documented")
    return OperationTwin(
        title=writer.literal(operation.title),
        summary=writer.prose(operation.summary),
        endpoints=endpoint_words(writer, operation),
        limits=tuple(writer.prose(limit) for limit in operation.limits),
        answers=tuple((words_of(writer, r), allowed_words(writer, (operation,), r.status)) for r in documented),
        not_applicable=not_applicable(writer, operation),
    )


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
