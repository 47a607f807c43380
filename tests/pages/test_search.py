"""What people type finds the page that they mean, in the search box of a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUERIES = {
    "401": "codes/401/",
    "413": "codes/413/",
    "503": "codes/503/",
    "405": "codes/405/",
    "4xx": "codes/4",
    "Unauthorized": "codes/401/",
    "bad request": "codes/400/",
    "method not allowed": "codes/405/",
    "entity too large": "codes/413/",
    "service unavailable": "codes/503/",
    "licence expired": "codes/500/",
    "archive service busy": "codes/503/",
    "file too large": "codes/413/",
    "credentials": "codes/401/",
    "mynewendpoint": "codes/404/",
    "records not processed": "codes/500/",
    "restart the archive service": "codes/50",
    "activity_records/search": "operations/search-activity-records/",
    "activity_records/enum": "operations/retrieve-activity-records/",
    "write activity records": "operations/write-activity-records/",
    "XMLError": "problems/XMLError/",
    "InputError": "problems/InputError/",
    "0x80040C0A": "problems/ServerError/",
    "WriteActivityRecordsUnauthorizedError": "codes/401/",
    "RequestEntityTooLargeError": "codes/413/",
    "dropped-status": "rules/dropped-status/",
    "zensical": "how-to/publish-the-site/",
}


def test_what_people_type_finds_the_page(browser: Browser, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{site_url}/netwrix-auditor/")
    box = page.locator("input.md-search__input")
    found = {}
    for query in QUERIES:
        box.fill("")
        box.press_sequentially(query)
        page.wait_for_function(SETTLED, arg=query)
        links = page.locator(".md-search-result__item > a.md-search-result__link").evaluate_all(
            "links => links.map((link) => link.href)"
        )
        found[query] = [urlsplit(link).path for link in links[:3]]
    context.close()
    assert len(QUERIES) >= 25
    assert {query: hits for query, hits in found.items() if not any(QUERIES[query] in hit for hit in hits)} == {}


SETTLED = """
(query) => {
  // The theme marks what it found with ?h=; results of what was typed before do not count.
  const links = [...document.querySelectorAll(".md-search-result__link")];
  const now = document.querySelector(".md-search-result__meta").textContent + links.map((link) => link.href).join();
  const same = window.settled && window.settled[0] === query && window.settled[1] === now;
  if (!same) window.settled = [query, now, performance.now()];
  return links.length > 0 && performance.now() - window.settled[2] > 250;
}
"""
