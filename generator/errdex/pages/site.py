"""What every page needs to know: the catalogue, the options, who answers what, and where each page is.

Addresses are stable: they depend on ids alone. Operations of a small catalogue have a page each; above
`PAGE_PER_OPERATION` operations they share pages, section by section, and short redirects keep the addresses.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from errdex.catalogue.class_names import known_problems, module_names
from errdex.catalogue.naming import anchor
from errdex.errors import CatalogueError
from errdex.pages.answers import meaning
from errdex.pages.markup import PAGE, TWIN, Markdown, inline, link
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from errdex.catalogue.model import Catalogue, Operation, Problem, Response, Status
    from errdex.errors import Location
    from errdex.pages.markup import Dialect
    from errdex.pages.words import Words

    WordsByNumber: TypeAlias = dict[tuple[str, int], Words]
    """By what leads to the root, and by the number of what is said."""

PAGE_PER_OPERATION = 500
"""Above this many operations, pages are grouped: engines spend 20 to 35 ms on each page."""
OPERATIONS_A_PAGE = 25
"""How many operations share a page when pages are grouped."""
OPERATIONS_TOGETHER = 12
"""Up to this many operations need no sections."""

_FOLDER_PAGES = frozenset({"index", "readme"})


class PageOptions(NamedTuple):
    """What a site wants beyond its catalogue; every address is public and ends up in pages."""

    source_url: str = ""
    """Address of a line of the catalogue file, with `{path}` and `{line}`; empty shows `path:line` as text."""
    code_url: str = ""
    """Address of a line of client code, with `{path}` and `{line}`."""
    module: str = ""
    """Import name of the generated module; empty derives it from the API's id."""
    coverage: str = ""
    """The JSON report of `errdex check --format json`; empty leaves the coverage page out."""
    directory_urls: bool = True
    """Whether the site's pages end in `/` (`use_directory_urls`)."""
    updated: str = "1970-01-01T00:00:00Z"
    """When the catalogue last changed, for the feed; a fixed date keeps output reproducible."""


class Section(NamedTuple):
    """Operations that belong together: one tag, one declared group or one first path segment."""

    id: str
    title: str
    operations: tuple[Operation, ...]


class Names(NamedTuple):
    """What the generated module calls things; empty when it has no names for them."""

    module: str
    base: str
    """The class that all errors are derived from."""
    members: Mapping[str, str]
    """The constant of an operation, by its id."""
    errors: Mapping[tuple[str, str], str]
    """The class of a documented error, by (operation id, status); of a status alone, by ("", status)."""


class Address(NamedTuple):
    """A page, or a place on it."""

    page: str
    """Path of the Markdown file below the root of the reference."""
    anchor: str = ""


class Site(NamedTuple):
    """One catalogue on its way to pages."""

    catalogue: Catalogue
    options: PageOptions
    operations: Mapping[str, Operation]
    responses: Mapping[tuple[str, str], Response]
    """By (status, operation id): those that something is said of."""
    unsaid: Mapping[str, Response]
    """By code: what stands for any operation that the status says nothing of, and names none."""
    statuses: Mapping[str, Status]
    """By code."""
    said: Mapping[str, tuple[Response, ...]]
    """By operation id: the responses that something is said of, in the order of the statuses."""
    told: Mapping[str, tuple[Response, ...]]
    """By status: the same, in the order of the operations."""
    alike: Mapping[tuple[str, str], int]
    """A number for what a response says, by (status, operation id): the same for those that say the same.

    Those that nothing is said of have none.
    """
    sections: tuple[Section, ...]
    grouped: bool
    """Whether operations share pages."""
    operation_pages: Mapping[str, Address]
    operation_names: Mapping[str, str]
    """File name without suffix, by operation id."""
    problem_names: Mapping[str, str]
    """File name without suffix, by problem id."""
    refs: dict[str, str]
    """URL by link id."""
    names: Names

    def response(self, code: str, operation: str) -> Response:
        """Return what a status means for an operation, be it nothing."""
        return self.responses.get((code, operation)) or self.unsaid[code]

    def status(self, code: str, operation: str = "") -> Address:
        """Return where a status is told, or what it means for one operation."""
        return Address(f"codes/{code}.md", anchor(operation) if operation else "")

    def operation(self, operation: str, status: str = "") -> Address:
        """Return where an operation is told, or one of its statuses."""
        page, own = self.operation_pages[operation]
        if not status:
            return Address(page, own)
        return Address(page, f"status-{status}.{own}" if own else f"status-{status}")

    def problem(self, problem: Problem) -> Address:
        """Return where a problem is told."""
        return Address(f"problems/{self.problem_names[problem.id]}.md")

    def operation_files(self) -> Iterator[tuple[str, Section, tuple[Operation, ...]]]:
        """Yield (path, section, operations) of the pages that tell operations."""
        for section in self.sections:
            pages: dict[str, list[Operation]] = {}
            for operation in section.operations:
                pages.setdefault(self.operation_pages[operation.id].page, []).append(operation)
            yield from ((page, section, tuple(operations)) for page, operations in pages.items())

    @property
    def module(self) -> str:
        """The import name of the generated module."""
        return self.options.module or self.names.module


class Writer(NamedTuple):
    """Writes catalogue text and links for one page in one dialect."""

    site: Site
    dialect: Dialect
    literal: Callable[[str], Markdown]
    """How the dialect writes plain text."""
    code: Callable[[str], Markdown]
    """How it writes text as code."""
    page: str
    """The page that is being written."""
    up: str
    """What leads from there to the root of the reference."""
    file_of: Callable[[str], str]
    """What leads to a page's file."""
    written: WordsByNumber
    """What responses say in this dialect, as far as it is written already."""

    def prose(self, text: str) -> Markdown:
        """Return prose as one line."""
        return inline(self.dialect, text, self.site.refs, self.up)

    def href(self, address: Address) -> str:
        """Return the relative address of another page's file."""
        path = self.file_of(address.page)
        return f"{path}#{address.anchor}" if address.anchor else path

    def link(self, label: Markdown, address: Address) -> Markdown:
        """Return a link to another page of the reference."""
        return Markdown(f"[{label}]({self.href(address)})")

    def outside(self, label: str, url: str) -> Markdown:
        """Return a link to another site, or the label alone when the URL is not http(s)."""
        return link(self.literal(label), url)

    def source(self, location: Location) -> Markdown:
        """Return a link to the line of the catalogue that says something, or its name when there is no address."""
        label = self.code(f"{location.path}:{location.line}")
        url = self.site.options.source_url
        return link(label, url.replace("{path}", location.path).replace("{line}", str(location.line))) if url else label


def page_writer(site: Site, page: str, written: WordsByNumber | None = None) -> Writer:
    """Return a writer for a page of the site."""

    @cache
    def file_of(path: str) -> str:
        return relative(path, page)

    up = "../" * page.count("/")
    return Writer(site, PAGE, PAGE.literal, PAGE.code, page, up, file_of, {} if written is None else written)


UP = "\0"
"""Stands in the text of a twin for what leads to the root of the reference; no text of a catalogue has it."""


def twin_writer(site: Site, written: WordsByNumber | None = None) -> Writer:
    """Return a writer for the plain twins of pages, which say `UP` wherever they lead elsewhere."""

    @cache
    def file_of(path: str) -> str:
        return f"{UP}{twin_path(path, directory_urls=site.options.directory_urls)}"

    return Writer(site, TWIN, TWIN.literal, TWIN.code, "", UP, file_of, {} if written is None else written)


def relative(path: str, start: str) -> str:
    """Return the path of a file as another file names it; both are below one root, and thousands are asked for."""
    folder = start.rpartition("/")[0]
    if folder and path.startswith(f"{folder}/"):
        return path[len(folder) + 1 :]
    return f"{'../' * start.count('/')}{path}"


def published(page: str, *, directory_urls: bool) -> str:
    """Return the path under which an engine publishes a file: Markdown becomes a page, the rest stays."""
    if not page.endswith(".md"):
        return page
    stem = page.removesuffix(".md")
    if stem.rpartition("/")[2] == "index":
        folder = stem.removesuffix("index")
        return folder if directory_urls else f"{folder}index.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"


def twin_path(page: str, *, directory_urls: bool) -> str:
    """Return the path of a page's Markdown twin in the built site: beside its HTML."""
    path = published(page, directory_urls=directory_urls)
    return f"{path}index.md" if path.endswith("/") or not path else f"{path.removesuffix('.html')}.md"


def plan_site(catalogue: Catalogue, options: PageOptions) -> Site:
    """Decide what pages there are and where."""
    catalogue = catalogue._replace(problems=known_problems(catalogue))
    sections = tuple(_sections(catalogue))
    grouped = len(catalogue.operations) > PAGE_PER_OPERATION
    names = _file_names([operation.id for operation in catalogue.operations])
    responses = catalogue.responses(unsaid=False)
    said: dict[str, list[Response]] = {operation.id: [] for operation in catalogue.operations}
    told: dict[str, list[Response]] = {status.code: [] for status in catalogue.statuses}
    for response in responses:
        said[response.operation].append(response)
        told[response.status].append(response)
    return Site(
        catalogue=catalogue,
        options=options,
        operations={operation.id: operation for operation in catalogue.operations},
        responses={(response.status, response.operation): response for response in responses},
        unsaid={
            status.code: cell.response._replace(operation="")
            for status in catalogue.statuses
            for cell in status.cells
            if cell.response.state == "unsaid"
        },
        statuses={status.code: status for status in catalogue.statuses},
        said={operation: tuple(own) for operation, own in said.items()},
        told={status: tuple(own) for status, own in told.items()},
        alike=dict(_alike(catalogue)),
        sections=sections,
        grouped=grouped,
        operation_pages=dict(_operation_pages(names, sections, grouped=grouped)),
        operation_names=names,
        problem_names=_file_names([problem.id for problem in catalogue.problems]),
        refs={link.id: link.url for link in catalogue.links if link.url},
        names=_names(catalogue),
    )


def _alike(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield ((status, operation id), number); what is in one cell is compared once."""
    numbers: dict[tuple[object, ...], int] = {}
    for status in catalogue.statuses:
        for cell in status.cells:
            if cell.response.state != "unsaid":
                number = numbers.setdefault(meaning(cell.response), len(numbers))
                yield from (((status.code, operation), number) for operation in cell.operations)


def _names(catalogue: Catalogue) -> Names:
    try:
        names = module_names(catalogue)
    except CatalogueError:
        # Two facts would share a name: there is no module to show, and every page stands without it.
        return Names("", "", {}, {})
    errors = {(e.operation, e.status): e.name for e in names.errors if e.documented and not e.is_variant}
    return Names(names.module, names.base, {member.value: member.name for member in names.operations}, errors)


def _operation_pages(
    names: Mapping[str, str], sections: tuple[Section, ...], *, grouped: bool
) -> Iterator[tuple[str, Address]]:
    if not grouped:
        yield from ((operation, Address(f"operations/{name}.md")) for operation, name in names.items())
        return
    for section in sections:
        for index, operation in enumerate(section.operations):
            part = index // OPERATIONS_A_PAGE
            page = f"sections/{section.id}-{part + 1}.md" if part else f"sections/{section.id}.md"
            yield operation.id, Address(page, anchor(operation.id))


def _file_names(ids: list[str]) -> dict[str, str]:
    """Return a safe and unique file name for each id: the id itself where it is plain.

    Names that differ in case alone would be one file on some systems, and some names mean the folder's own page.
    """
    taken = Counter(anchor(name).lower() for name in ids)
    taken.update(_FOLDER_PAGES)
    return {
        name: anchor(name)
        if taken[anchor(name).lower()] == 1 or (name == anchor(name).lower() not in _FOLDER_PAGES)
        else f"{anchor(name)}.{name.encode().hex()}"
        for name in ids
    }


def _sections(catalogue: Catalogue) -> Iterator[Section]:
    """Yield the operations by tag, else by declared group, else by the first segment of their path."""
    if len(catalogue.operations) <= OPERATIONS_TOGETHER:
        yield Section("all", "All operations", catalogue.operations)
        return
    group_of = {operation: group for group in reversed(catalogue.groups) for operation in group.operations}
    titles = {group.id: group.title for group in catalogue.groups}
    members: dict[str, list[Operation]] = {}
    for operation in catalogue.operations:
        if operation.tags:
            key = operation.tags[0]
        elif operation.id in group_of:
            key = group_of[operation.id].id
        else:
            segments = [part for endpoint in operation.endpoints[:1] for part in endpoint.path.split("/") if part]
            key = segments[0] if segments else "other"
        members.setdefault(key, []).append(operation)
    names = _file_names(list(members))
    for key, operations in members.items():
        yield Section(names[key], titles.get(key, key), tuple(operations))
