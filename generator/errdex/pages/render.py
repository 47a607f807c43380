"""From a catalogue to the files of its site, without touching the disk.

plan the site -> one record for each page -> its template -> text. Data files (JSON, feed, redirects) need no
template.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined

from errdex.catalogue.openapi_export import export_openapi
from errdex.pages.changes import changes_page, feed
from errdex.pages.coverage import coverage_page
from errdex.pages.exceptions import module_page
from errdex.pages.machine import json_files, redirects
from errdex.pages.matrix import matrix_pages
from errdex.pages.navigation import nav_entries, nav_yaml
from errdex.pages.operations import operation_view, section_page
from errdex.pages.overview import downloads_page, list_page, overview
from errdex.pages.problems import problem_page
from errdex.pages.site import PageOptions, page_writer, plan_site, twin_path, twin_writer
from errdex.pages.statuses import status_page
from errdex.pages.twins import llms_txt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Template

    from errdex.catalogue.model import Catalogue
    from errdex.errors import Location
    from errdex.pages.site import Site, Writer

STYLESHEET = "assets/errdex.css"
SCRIPT = "assets/errdex.js"


def render_pages(catalogue: Catalogue, options: PageOptions | None = None) -> dict[str, str]:
    """Return every file of a catalogue's site, by path below the root of the reference, in order.

    Raises ValueError when the options carry a coverage report that is none.
    """
    return render_site(plan_site(catalogue, options or PageOptions()))


def render_site(site: Site) -> dict[str, str]:
    """Return every file of a planned site, like `render_pages`."""
    pages = dict(_markdown(site))
    menu = {".nav.yml": nav_yaml(nav_entries(site, frozenset(pages)))}
    return dict(sorted((pages | menu | dict(_data(site))).items()))


def render_twins(site: Site) -> dict[str, str]:
    """Return the plain Markdown twin of each page that tells something, by path in the built site."""
    return {
        twin_path(page, directory_urls=site.options.directory_urls): text
        for page, text in _twins(site, lambda page: twin_writer(site, page))
    }


def page_sources(site: Site) -> dict[str, Location]:
    """Return the line of the catalogue that each page tells, for its edit link."""
    catalogue = site.catalogue
    statuses = {site.status(status.code).page: status.location for status in catalogue.statuses}
    operations = {page: members[0].location for page, _, members in site.operation_files()}
    problems = {site.problem(problem).page: problem.location for problem in catalogue.problems}
    rest = dict.fromkeys(("index.md", "matrix/index.md"), catalogue.api.location)
    return rest | statuses | operations | problems


def _twins(site: Site, writer_of: Callable[[str], Writer]) -> Iterator[tuple[str, str]]:
    for status in site.catalogue.statuses:
        page = site.status(status.code).page
        yield page, _render("twin_status", status_page(writer_of(page), status))
    for page, section, operations in site.operation_files():
        yield page, _render("twin_section", section_page(writer_of(page), section, operations))
    for problem in site.catalogue.problems:
        page = site.problem(problem).page
        yield page, _render("twin_problem", problem_page(writer_of(page), problem))


def _everything(site: Site) -> str:
    """Return all twins as one text, whose links start at the root of the reference."""
    return "\n".join(text for _, text in _twins(site, lambda _: twin_writer(site, "llms-full.txt")))


def _markdown(site: Site) -> Iterator[tuple[str, str]]:
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
    yield "downloads.md", _render("downloads", downloads_page(page_writer(site, "downloads.md")))


def _data(site: Site) -> Iterator[tuple[str, str]]:
    yield from json_files(site)
    yield from redirects(site)
    yield "changes.xml", feed(site)
    yield "llms.txt", llms_txt(site)
    yield "llms-full.txt", _everything(site)
    yield "openapi-responses.yaml", export_openapi(site.catalogue)
    yield "catalogue.schema.json", _text("assets/catalogue.schema.json")
    for asset in (STYLESHEET, SCRIPT):
        yield asset, _text(asset)


def _render(name: str, page: object) -> str:
    """Return the text of a page; `page` is all that its template sees."""
    return _template(f"{name}.md.jinja").render(page=page)


@cache
def _template(name: str) -> Template:
    environment = Environment(  # noqa: S701 - Markdown, not HTML: every value was escaped where it was written
        loader=FunctionLoader(lambda part: _text(f"templates/{part}")),
        undefined=StrictUndefined,
        comment_start_string="{##",  # `{#` begins the id of a heading
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _text(name: str) -> str:
    return files("errdex.pages").joinpath(name).read_text(encoding="utf-8")
