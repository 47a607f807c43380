"""The site of an API with 1,200 operations: pages are grouped, nothing is heavy, every address still works."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from jsonschema import Draft7Validator

from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages
from tests.pages.barriers import SCREENS, barriers, screen, wide
from tests.pages.building import broken, build_catalogue, html_errors, ids_of, parsed_pages, served

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    check_the_data_says_everything(site, pages)
    check_the_openapi_documents_are_one(site)
    check_the_plain_texts_lead_to_each_other(site)
    check_every_link_and_every_address(site, pages)
    check_the_pages_of_the_matrix(pages)
    check_search_finds_an_operation_once(site)
    assert html_errors(site) == set()
    check_no_page_keeps_anyone_out(browser, site)


def check_nothing_is_heavy(site: Path) -> None:
    theme = [site / "assets" / folder for folder in ("javascripts", "stylesheets", "images")]
    own = [path for path in site.rglob("*") if path.is_file() and not any(map(path.is_relative_to, theme))]
    assert {path.suffix for path in own} >= {".html", ".md", ".json", ".yaml", ".txt", ".xml", ".gz"}
    assert {path.relative_to(site): size for path in own if (size := path.stat().st_size) > LIMIT} == {}
    # In one file, it would be.
    assert sum(path.stat().st_size for path in (site / "catalogue").iterdir()) > 2 * LIMIT


def check_the_data_says_everything(site: Path, pages: dict[str, Element]) -> None:
    catalogue = load_catalogue(str(site.parent / "catalogue.yaml"))
    schema = Draft7Validator(json.loads((site / "catalogue.schema.json").read_text(encoding="utf-8")))
    index = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    parts = [json.loads((site / part["url"]).read_text(encoding="utf-8")) for part in index["parts"]]
    assert [error.message for data in (index, *parts) for error in schema.iter_errors(data)] == []
    assert [error.message for error in schema.iter_errors({**index, **parts[0]})] != []
    operations = [[row["id"] for row in part["operations"]] for part in parts]
    assert operations == [part["operations"] for part in index["parts"]]
    assert sorted(chain.from_iterable(operations)) == sorted(operation.id for operation in catalogue.operations)
    rows = [row for part in parts for row in part["responses"]]
    said = {(r.status, r.operation): r.summary for r in catalogue.responses() if r.state != "unsaid"}
    assert len(rows) == len(said)
    assert {(row["status"], row["operation"]): row["summary"] for row in rows} == said
    ids = {f"codes/{code}/": ids_of(pages[f"codes/{code}/index.html"]) for code in ("200", "401", "404", "422", "500")}
    assert [row["url"] for row in rows if urldefrag(row["url"])[1] not in ids[urldefrag(row["url"])[0]]] == []
    assert {code: len(list(rows_of(site, code))) for code in ("200", "422")} == {"200": OPERATIONS, "422": 400}


def rows_of(site: Path, code: str) -> Iterator[object]:
    """Yield the rows of a status, from one file to the next."""
    file = "index.json"
    while file:
        data = json.loads((site / "codes" / code / file).read_text(encoding="utf-8"))
        yield from data["responses"]
        file = data.get("next", "")


def check_the_openapi_documents_are_one(site: Path) -> None:
    catalogue = load_catalogue(str(site.parent / "catalogue.yaml"))
    read = load_catalogue(str(site / "openapi-responses.yaml"))
    assert sorted(operation.id for operation in read.operations) == sorted(o.id for o in catalogue.operations)
    told, expected = (
        {(r.status, r.operation): r.summary for r in each.responses() if r.state == "documented"}
        for each in (read, catalogue)
    )
    assert told == expected


def check_the_plain_texts_lead_to_each_other(site: Path) -> None:
    index = (site / "llms-full.txt").read_text(encoding="utf-8")
    texts = [site / target for target in re.findall(r"\]\(([^)]+)\)", index)]
    assert set(texts) == set((site / "llms-full").rglob("*.txt"))
    together = "".join(text.read_text(encoding="utf-8") for text in texts)
    assert [i for i in range(OPERATIONS) if f"# Do number {i} with the thing\n" not in together] == []
    for text in texts:
        targets = set(re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text.read_text(encoding="utf-8")))
        assert [target for target in targets if not (text.parent / target).is_file()] == []


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
