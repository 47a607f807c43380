"""From a catalogue to the files of its site, without touching the disk.

plan the site -> one record for each page -> its template -> text. Data files (JSON, feed, redirects) need no
template. The pages of statuses, operations and the matrix are pieces, which are not rendered again from the same facts.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from errdex.pages.changes import changes_page, feed
from errdex.pages.compiling import template, text_of
from errdex.pages.coverage import coverage_page
from errdex.pages.exceptions import module_page
from errdex.pages.machine import redirects
from errdex.pages.matrix import matrix_part, matrix_parts, matrix_top
from errdex.pages.navigation import nav_entries, nav_yaml
from errdex.pages.operations import operation_page, section_page
from errdex.pages.overview import downloads_page, list_page, overview
from errdex.pages.parts import Plain, catalogue_parts, openapi_parts, text_parts
from errdex.pages.pieces import Pieces
from errdex.pages.problems import problem_page
from errdex.pages.site import UP, PageOptions, page_writer, plan_site, twin_path, twin_writer
from errdex.pages.statuses import status_page
from errdex.pages.twins import llms_txt, operation_twins, status_twin
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errdex.catalogue.model import Catalogue, Operation, Status
    from errdex.errors import Location
    from errdex.pages.matrix import MatrixPart
    from errdex.pages.parts import Part
    from errdex.pages.pieces import Piece
    from errdex.pages.site import Section, Site, WordsByNumber

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
    pieces: dict[str, Piece]
    """Pages of a few facts each, for the next time."""
    made: tuple[str, ...]
    """The paths of those that were not known."""


class Written(NamedTuple):
    """What responses say, for writers of pages and of their twins to write it once."""

    pages: WordsByNumber
    twins: WordsByNumber


def render_site(site: Site, known: Mapping[str, Piece] | None = None) -> Rendered:
    """Return every file of a planned site, and the twins of its pages.

    `known` are pieces of an earlier time, whose facts are compared; None when nobody will ask for these again.
    """
    # The views of a large site are hundreds of thousands of tuples in no circle: to look for circles takes a sixth.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _rendered(site, known)
    finally:
        if collecting:
            gc.enable()


def _rendered(site: Site, known: Mapping[str, Piece] | None) -> Rendered:
    pieces = Pieces(site, known)
    plain = (*_pieces(site, pieces), *_problem_twins(site))
    parts = (*catalogue_parts(site), *openapi_parts(site), *text_parts(site, plain))
    data = {part.path: part.text for part in parts}
    pages = {path: piece.page for path, piece in pieces.all.items()} | dict(_markdown(site, parts))
    menu = {".nav.yml": nav_yaml(nav_entries(site, frozenset(pages)))}
    return Rendered(
        files=dict(sorted((pages | menu | data | dict(_data(site))).items())),
        twins=dict(_twins(site, plain)),
        pieces=pieces.all,
        made=tuple(pieces.made),
    )


def page_sources(site: Site) -> dict[str, Location]:
    """Return the line of the catalogue that each page tells, for its edit link."""
    catalogue = site.catalogue
    statuses = {site.status(status.code).page: status.location for status in catalogue.statuses}
    operations = {page: members[0].location for page, _, members in site.operation_files()}
    problems = {site.problem(problem).page: problem.location for problem in catalogue.problems}
    rest = dict.fromkeys(("index.md", "matrix/index.md"), catalogue.api.location)
    return rest | statuses | operations | problems


def _pieces(site: Site, pieces: Pieces) -> Iterator[Plain]:
    """Render the pages of the statuses, of the operations and of the matrix; yield the plain texts of the first two."""
    written = Written({}, {})
    for status in site.catalogue.statuses:
        path = site.status(status.code).page
        yield Plain(path, "", pieces.of_status(path, status.code, partial(_status, path, status, written)).plain)
    for path, section, operations in site.operation_files():
        make = partial(_operations, path, section, operations, written)
        yield Plain(path, section.id, pieces.of_operations(path, operations, make).plain)
    for part in matrix_parts(site):
        pieces.of_operations(part.path, part.operations, partial(_matrix, part, written.pages))


def _status(path: str, status: Status, written: Written, site: Site) -> tuple[str, str]:
    page = _render("status", status_page(page_writer(site, path, written.pages), status))
    return page, _status_twin(site, status, written)


def _status_twin(site: Site, status: Status, written: Written) -> str:
    return _render("twin_status", status_twin(twin_writer(site, written.twins), status))


def _operations(
    path: str, section: Section, operations: tuple[Operation, ...], written: Written, site: Site
) -> tuple[str, str]:
    writer = page_writer(site, path, written.pages)
    if site.grouped:
        page = _render("section", section_page(writer, section, operations))
    else:
        page = _render("operation", operation_page(writer, operations[0]))
    return page, _operations_twin(site, operations, written)


def _operations_twin(site: Site, operations: Sequence[Operation], written: Written) -> str:
    return _render("twin_section", operation_twins(twin_writer(site, written.twins), operations))


def _matrix(part: MatrixPart, written: WordsByNumber, site: Site) -> tuple[str, str]:
    return _render("matrix", matrix_part(site, part, written)), ""


def _problem_twins(site: Site) -> Iterator[Plain]:
    for problem in site.catalogue.problems:
        yield Plain(site.problem(problem).page, "", _render("twin_problem", problem_page(twin_writer(site), problem)))


def _twins(site: Site, plain: Iterable[Plain]) -> Iterator[tuple[str, str]]:
    for page, _, text in plain:
        path = twin_path(page, directory_urls=site.options.directory_urls)
        yield path, text.replace(UP, "../" * path.count("/"))


def _markdown(site: Site, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    catalogue = site.catalogue
    yield "index.md", _render("overview", overview(page_writer(site, "index.md")))
    for path in ("codes/index.md", "operations/index.md", *(["problems/index.md"] if catalogue.problems else [])):
        yield path, _render("list", list_page(page_writer(site, path)))
    yield "matrix/index.md", _render("matrix", matrix_top(site, matrix_parts(site)))
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
