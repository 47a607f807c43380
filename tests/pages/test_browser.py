"""What a reader meets in a real browser: no barrier, no sideways scrolling, no request to anyone else."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGES = (
    "",
    "netwrix-auditor/",
    "netwrix-auditor/matrix/",
    "netwrix-auditor/codes/",
    "netwrix-auditor/codes/401/",
    "netwrix-auditor/codes/500/",
    "netwrix-auditor/operations/",
    "netwrix-auditor/operations/retrieve-activity-records/",
    "netwrix-auditor/problems/",
    "netwrix-auditor/problems/InputError/",
    "netwrix-auditor/module/",
    "netwrix-auditor/coverage/",
    "netwrix-auditor/changes/",
    "netwrix-auditor/downloads/",
    "tutorial/",
    "how-to/publish-the-site/",
    "rules/dropped-status/",
    "404.html",
)
"""Each type of page."""

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """
async () => (await axe.run({resultTypes: ["violations"], preload: false})).violations
  .filter((v) => v.impact === "serious" || v.impact === "critical")
  .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120) + " " + n.target).join(" | ")}`)
"""


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh browser of the width and colour scheme that the test is about."""
    width: int
    scheme: Literal["light", "dark"]
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "page", [(width, scheme) for width in (375, 1280) for scheme in ("light", "dark")], indirect=True, ids=str
)
def test_no_page_has_a_serious_or_critical_barrier(page: Page, site_url: str) -> None:
    found = {}
    for path in PAGES:
        page.goto(f"{site_url}/{path}")
        page.evaluate(AXE)
        if violations := page.evaluate(VIOLATIONS):
            found[path] = violations
    assert found == {}


@pytest.mark.parametrize("page", [(320, "light")], indirect=True, ids=str)
def test_no_page_scrolls_sideways_on_a_small_phone(page: Page, site_url: str) -> None:
    wide = {}
    for path in PAGES:
        page.goto(f"{site_url}/{path}")
        inner, content = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        if content > inner:
            wide[path] = content
    assert wide == {}


def test_no_page_asks_anyone_else_for_anything(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(f"{site_url}/{path}", wait_until="networkidle")
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith(f"{site_url}/")] == []
