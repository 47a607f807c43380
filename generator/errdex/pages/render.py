"""From a catalogue to the files of its site, without touching the disk.

plan the site -> one record for each page -> its template -> text. Data files (JSON, feed, redirects) need no
template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.pages.changes import changes_page, feed
from errdex.pages.compiling import template, text_of
from errdex.pages.coverage import coverage_page
from errdex.pages.exceptions import module_page
from errdex.pages.machine import redirects
from errdex.pages.matrix import matrix_pages
from errdex.pages.navigation import nav_entries, nav_yaml
from errdex.pages.operations import operation_view, section_page
from errdex.pages.overview import downloads_page, list_page, overview
from errdex.pages.parts import Plain, catalogue_parts, openapi_parts, text_parts
from errdex.pages.problems import problem_page
from errdex.pages.site import UP, PageOptions, page_writer, plan_site, twin_path, twin_writer
from errdex.pages.statuses import status_page
from errdex.pages.twins import llms_txt
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.errors import Location
    from errdex.pages.parts import Part
    from errdex.pages.site import Site

STYLESHEET = "assets/errdex.css"
SCRIPT = "assets/errdex.js"


def render_pages(catalogue: Catalogue, options: PageOptions | None = None) -> dict[str, str]:
    """Return every file of a catalogue's site, by path below the root of the reference, in order.

    Raises ValueError when the options carry a coverage report that is none.
    """
    return render_site(plan_site(catalogue, options or PageOptions())).files


class Rendered(NamedTuple):
    """What a catalogue was rendered to."""

    files: dict[str, str]
    """By path below the root of the reference."""
    twins: dict[str, str]
    """The plain Markdown twin of each page that tells something, by path in the built site."""


def render_site(site: Site) -> Rendered:
    """Return every file of a planned site, and the twins of its pages."""
    plain = tuple(_plain(site))
    parts = (*catalogue_parts(site), *openapi_parts(site), *text_parts(site, plain))
    data = {part.path: part.text for part in parts}
    pages = dict(_markdown(site, parts))
    menu = {".nav.yml": nav_yaml(nav_entries(site, frozenset(pages)))}
    return Rendered(
        files=dict(sorted((pages | menu | data | dict(_data(site))).items())),
        twins=dict(_twins(site, plain)),
    )


def page_sources(site: Site) -> dict[str, Location]:
    """Return the line of the catalogue that each page tells, for its edit link."""
    catalogue = site.catalogue
    statuses = {site.status(status.code).page: status.location for status in catalogue.statuses}
    operations = {page: members[0].location for page, _, members in site.operation_files()}
    problems = {site.problem(problem).page: problem.location for problem in catalogue.problems}
    rest = dict.fromkeys(("index.md", "matrix/index.md"), catalogue.api.location)
    return rest | statuses | operations | problems


def _plain(site: Site) -> Iterator[Plain]:
    """Yield the plain text of each page that tells something, wherever it will be."""
    writer = twin_writer(site)
    for status in site.catalogue.statuses:
        page = site.status(status.code).page
        yield Plain(page, "", _render("twin_status", status_page(writer, status)))
    for page, section, operations in site.operation_files():
        yield Plain(page, section.id, _render("twin_section", section_page(writer, section, operations)))
    for problem in site.catalogue.problems:
        page = site.problem(problem).page
        yield Plain(page, "", _render("twin_problem", problem_page(writer, problem)))


def _twins(site: Site, plain: Iterable[Plain]) -> Iterator[tuple[str, str]]:
    for page, _, text in plain:
        path = twin_path(page, directory_urls=site.options.directory_urls)
        yield path, text.replace(UP, "../" * path.count("/"))


def _markdown(site: Site, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    catalogue = site.catalogue
    yield "index.md", _render("overview", overview(page_writer(site, "index.md")))
    for path in ("codes/index.md", "operations/index.md", *(["problems/index.md"] if catalogue.problems else [])):
        yield path, _render("list", list_page(page_writer(site, path)))
    for matrix in matrix_pages(site):
        yield matrix.path, _render("matrix", matrix)
    for status in catalogue.statuses:
        writer = page_writer(site, site.status(status.code).page)
        yield writer.page, _render("status", status_page(writer, status))
    for path, section, operations in site.operation_files():
        writer = page_writer(site, path)
        if site.grouped:
            yield path, _render("section", section_page(writer, section, operations))
        else:
            yield path, _render("operation", operation_view(writer, operations[0]))
    for problem in catalogue.problems:
        writer = page_writer(site, site.problem(problem).page)
        yield writer.page, _render("problem", problem_page(writer, problem))
    if module := module_page(page_writer(site, "module.md")):
        yield "module.md", _render("module", module)
    if coverage := coverage_page(page_writer(site, "coverage.md")):
        yield "coverage.md", _render("coverage", coverage)
    yield "changes.md", _render("changes", changes_page(page_writer(site, "changes.md")))
    yield "downloads.md", _render("downloads", downloads_page(page_writer(site, "downloads.md"), parts))


def _data(site: Site) -> Iterator[tuple[str, str]]:
    yield from redirects(site)
    yield "changes.xml", feed(site)
    yield "llms.txt", llms_txt(site)
    yield "catalogue.schema.json", text_of("assets/catalogue.schema.json")
    for asset in (STYLESHEET, SCRIPT):
        yield asset, text_of(asset)


def _render(name: str, page: object) -> str:
    """Return the text of a page; `page` is all that its template sees."""
    return template(f"{name}.md.jinja").render(page=page)
