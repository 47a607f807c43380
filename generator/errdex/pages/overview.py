"""The first page and the lists: what there is, in one view, with a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.exceptions import module_page
from errdex.pages.markup import Markdown
from errdex.pages.site import Address
from errdex.pages.statuses import status_class
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import Operation, Problem, Status
    from errdex.pages.parts import Part
    from errdex.pages.site import Writer

SUMMARIES = 3
"""A list shows up to this many summaries of a status that means different things for different operations."""


class Entry(NamedTuple):
    """A line of a list."""

    link: Markdown
    says: Markdown
    words: Markdown
    """What else a filter must find it by: operations of a status, statuses of an operation."""


class Listing(NamedTuple):
    """A titled list."""

    anchor: str
    title: Markdown
    entries: tuple[Entry, ...]


class Overview(NamedTuple):
    """Everything that the overview shows."""

    title: Markdown
    description: Markdown
    summary: Markdown
    chips: tuple[Markdown, ...]
    servers: tuple[Markdown, ...]
    statuses: tuple[Listing, ...]
    operations: tuple[Listing, ...]
    problems: tuple[Entry, ...]
    notes: tuple[Markdown, ...]
    module: bool
    coverage: bool


class ListPage(NamedTuple):
    """A page that is nothing but lists."""

    title: Markdown
    description: Markdown
    says: str
    lists: tuple[Listing, ...]


class Download(NamedTuple):
    """A file for programs."""

    link: Markdown
    says: str


class DownloadsPage(NamedTuple):
    """Everything that the page of downloads shows."""

    title: Markdown
    description: Markdown
    files: tuple[Download, ...]
    sections: tuple[tuple[Markdown, Markdown], ...]
    """The title of each section and links to its files, when the data is divided."""


def overview(writer: Writer) -> Overview:
    """Return what the overview shows."""
    catalogue = writer.site.catalogue
    api = catalogue.api
    problems = _counted(len(catalogue.problems), "named error") if catalogue.problems else ""
    chips = (
        f"Version {api.version}" if api.version else "",
        _counted(len(catalogue.operations), "operation"),
        _counted(len(catalogue.statuses), "status", "statuses"),
        problems,
    )
    return Overview(
        title=writer.literal(api.title),
        description=writer.literal(f"Every documented answer of {api.title}: statuses, causes and remedies"),
        summary=writer.prose(api.summary),
        chips=tuple(writer.literal(chip) for chip in chips if chip),
        servers=tuple(writer.code(server.url) for server in api.servers),
        statuses=status_lists(writer),
        operations=_section_list(writer) if writer.site.grouped else operation_lists(writer),
        problems=tuple(problem_entry(writer, problem) for problem in catalogue.problems),
        notes=tuple(writer.prose(note) for note in catalogue.notes),
        module=module_page(writer) is not None,
        coverage=bool(writer.site.options.coverage),
    )


def list_page(writer: Writer) -> ListPage:
    """Return the page that lists all statuses, operations or problems, as its path says."""
    title = writer.site.catalogue.api.title
    folder = writer.page.partition("/")[0]
    if folder == "codes":
        says = "Each status, what it means for each operation, why it comes and what to do."
        return ListPage(Markdown("Statuses"), writer.literal(f"All statuses of {title}"), says, status_lists(writer))
    if folder == "operations":
        says = "Each operation and the statuses that it can answer with."
        lists = operation_lists(writer)
        return ListPage(Markdown("Operations"), writer.literal(f"All operations of {title}"), says, lists)
    entries = tuple(problem_entry(writer, problem) for problem in writer.site.catalogue.problems)
    says = "Errors that a response body names."
    problems = (Listing("", Markdown(""), entries),)
    return ListPage(Markdown("Problems"), writer.literal(f"All named errors of {title}"), says, problems)


def downloads_page(writer: Writer, parts: Iterable[Part]) -> DownloadsPage:
    """Return the page of what programs can fetch."""
    files = (
        ("catalogue.json", "the whole catalogue, a row for each status and operation"),
        ("catalogue.schema.json", "the JSON Schema of that file"),
        ("openapi-responses.yaml", "the answers as an OpenAPI document"),
        ("llms.txt", "an index for language models"),
        ("llms-full.txt", "everything in one plain text"),
        ("changes.xml", "the changes as an Atom feed"),
    )
    if writer.site.grouped:
        files = (
            ("catalogue.json", "what holds for all operations, and where the rows of each section are"),
            ("catalogue.schema.json", "the JSON Schema of that file and of those of the sections"),
            ("openapi-responses.yaml", "the answers as an OpenAPI document, whose paths lead to those of the sections"),
            ("llms.txt", "an index for language models"),
            ("llms-full.txt", "an index of the plain texts"),
            ("changes.xml", "the changes as an Atom feed"),
        )
    sections: dict[str, list[Markdown]] = {}
    for part in parts:
        if part.section:
            path = part.path
            sections.setdefault(part.section, []).append(Markdown(f"[{path.rpartition('.')[2].upper()}]({path})"))
    title = writer.site.catalogue.api.title
    return DownloadsPage(
        title=Markdown("Downloads"),
        description=writer.literal(f"The answers of {title} as data"),
        files=tuple(Download(Markdown(f"[{name}]({name})"), says) for name, says in files),
        sections=tuple((writer.literal(name), Markdown(", ".join(links))) for name, links in sections.items()),
    )


def status_lists(writer: Writer) -> tuple[Listing, ...]:
    """Return the statuses, a list for each class."""
    families: dict[tuple[str, str], list[Entry]] = {}
    for status in writer.site.catalogue.statuses:
        family = (f"_{status.code[0]}xx", status_class(status.code) or "Any other status")
        families.setdefault(family, []).append(_status_entry(writer, status))
    return tuple(Listing(anchor, Markdown(title), tuple(entries)) for (anchor, title), entries in families.items())


def operation_lists(writer: Writer) -> tuple[Listing, ...]:
    """Return the operations, a list for each section when there are several."""
    sections = writer.site.sections
    return tuple(
        Listing(
            f"_section-{section.id}",
            writer.literal(section.title) if len(sections) > 1 else Markdown(""),
            tuple(_operation_entry(writer, operation) for operation in section.operations),
        )
        for section in sections
    )


def problem_entry(writer: Writer, problem: Problem) -> Entry:
    """Return the line of a problem."""
    label = writer.literal(problem.id)
    return Entry(writer.link(label, writer.site.problem(problem)), writer.prose(problem.says), Markdown(""))


def _status_entry(writer: Writer, status: Status) -> Entry:
    site = writer.site
    told = [cell for cell in status.cells if cell.response.state == "documented"]
    operations = [site.operations[name] for cell in told for name in cell.operations]
    says = status.summary or " ".join(dict.fromkeys(cell.response.summary for cell in told[:SUMMARIES]))
    names = [] if site.grouped else [writer.literal(operation.title) for operation in operations]
    count = f"{len(operations)} operations" if site.grouped else ", ".join(names)
    label = writer.literal(f"{status.code} {status.reason}".strip())
    return Entry(
        writer.link(label, site.status(status.code)),
        writer.prose(says),
        Markdown("Every operation" if len(operations) == len(site.operations) > 1 else count),
    )


def _operation_entry(writer: Writer, operation: Operation) -> Entry:
    site = writer.site
    documented = [response.status for response in site.said[operation.id] if response.state == "documented"]
    links = (
        [writer.literal(code) for code in documented]
        if site.grouped
        else [writer.link(writer.literal(code), site.operation(operation.id, code)) for code in documented]
    )
    endpoints = " ".join(writer.code(f"{endpoint.method} {endpoint.path}") for endpoint in operation.endpoints)
    return Entry(
        writer.link(writer.literal(operation.title), site.operation(operation.id)),
        Markdown(endpoints),
        Markdown(" \u00b7 ".join(links)),
    )


def _section_list(writer: Writer) -> tuple[Listing, ...]:
    entries = tuple(
        Entry(
            writer.link(writer.literal(section.title), Address(f"sections/{section.id}.md")),
            Markdown(_counted(len(section.operations), "operation")),
            Markdown(""),
        )
        for section in writer.site.sections
    )
    return (Listing("", Markdown(""), entries),)


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
