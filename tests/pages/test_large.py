"""The site of an API with 1,200 operations: pages are grouped, nothing is heavy, every address still works."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages
from tests.pages.barriers import SCREENS, barriers, screen, wide
from tests.pages.building import broken, build_catalogue, html_errors, ids_of, parsed_pages, served

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser

OPERATIONS = 1200
TAGS = 40
LIMIT = 500_000


def large() -> str:
    """Return a catalogue whose operations each have words of their own, as an imported one has."""
    names = [f"thing-{i % TAGS}-{i}" for i in range(OPERATIONS)]
    return json.dumps(
        {
            "catalogue": 1,
            "api": {"id": "large", "title": "Large API"},
            "bodies": {"empty": {"kind": "empty"}},
            "operations": {
                name: {
                    "title": f"Do number {i} with the thing",
                    "summary": f"Does what number {i} asks for, and says at length what that is, as descriptions do.",
                    "endpoints": [f"GET /things-{i % TAGS}/{{thing}}/{i}"],
                    "tags": [f"Things {i % TAGS}"],
                }
                for i, name in enumerate(names)
            },
            "responses": {
                200: {"reason": "OK", "for": {n: {"summary": f"Number {i} is done."} for i, n in enumerate(names)}},
                401: {"reason": "Unauthorized", "summary": "There are no valid credentials.", "body": "empty"},
                404: {"reason": "Not Found", "summary": "There is no such thing.", "body": "empty"},
                422: {"reason": "Unprocessable", "for": {n: {"summary": "It does not fit."} for n in names[::3]}},
                500: {"reason": "Internal Server Error", "summary": "The server failed."},
            },
        }
    )


def test_the_site_of_a_large_api(browser: Browser, tmp_path: Path) -> None:
    # One test for all, since parallel runs would build the site for each.
    site = build_catalogue(tmp_path / "site", large())
    pages = parsed_pages(site)
    check_nothing_is_heavy(site)
    check_every_link_and_every_address(site, pages)
    check_the_pages_of_the_matrix(pages)
    check_search_finds_an_operation_once(site)
    assert html_errors(site) == set()
    check_no_page_keeps_anyone_out(browser, site)


def check_nothing_is_heavy(site: Path) -> None:
    assert (site / "search" / "search_index.json").stat().st_size <= LIMIT
    sizes = {path.relative_to(site): path.stat().st_size for path in site.rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > LIMIT} == {}


def check_no_page_keeps_anyone_out(browser: Browser, site: Path) -> None:
    # Other types of pages are small in test_shapes.
    section = "sections/Things_207/"
    with served(site) as url:
        for width, scheme in SCREENS:
            with screen(browser, width, scheme) as page:
                assert barriers(page, url, [section]) == {}
        with screen(browser, 320) as page:
            assert wide(page, url, ("", section, "matrix/", "matrix/Things_207/", "codes/404/")) == {}


def check_every_link_and_every_address(site: Path, pages: dict[str, Element]) -> None:
    faults = [
        fault
        for page, tree in pages.items()
        if page != "404.html"
        for element in tree.iter("a")
        if (href := element.get("href")) and (fault := broken(site, pages, page, href))
    ]
    assert faults == []
    assert {f"operations/thing-{i % TAGS}-{i}/index.html" for i in range(OPERATIONS)} <= pages.keys()
    names = {f"thing-{i % TAGS}-{i}" for i in range(OPERATIONS)}
    assert names <= ids_of(pages["codes/401/index.html"])


def check_the_pages_of_the_matrix(pages: dict[str, Element]) -> None:
    cells = {page: sum(1 for _ in tree.iter("td")) for page, tree in pages.items() if page.startswith("matrix/")}
    assert len(cells) > TAGS
    assert 0 < max(cells.values()) <= 2000


def test_a_section_whose_table_is_long_is_compact_and_split(tmp_path: Path) -> None:
    text = json.loads(large())
    for operation in text["operations"].values():
        operation["tags"] = ["One"]
    path = tmp_path / "large.yaml"
    path.write_text(json.dumps(text), encoding="utf-8")
    pages = render_pages(load_catalogue(str(path)))
    parts = [page for page in pages if page.startswith("matrix/")]
    assert len(parts) > 2
    shown = [line for page in parts for line in pages[page].splitlines() if line.startswith("| [Do number")]
    assert len(shown) == OPERATIONS


def check_search_finds_an_operation_once(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    hits = [entry for entry in index["docs"] if "/things-7/{thing}/7</code>" in entry["text"]]
    assert [entry["title"] for entry in hits] == ["Do number 7 with the thing"]
