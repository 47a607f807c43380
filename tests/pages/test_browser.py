"""What a reader meets in a real browser: no barrier, no sideways scrolling, no request to anyone else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.pages.barriers import SCREENS, barriers, screen, wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_no_page_has_a_serious_or_critical_barrier(
    browser: Browser, site_url: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    with screen(browser, width, scheme) as page:
        assert barriers(page, site_url, PAGES) == {}


def test_no_page_scrolls_sideways_on_a_small_phone(browser: Browser, site_url: str) -> None:
    with screen(browser, 320) as page:
        assert wide(page, site_url, PAGES) == {}


def test_no_page_asks_anyone_else_for_anything(browser: Browser, site_url: str) -> None:
    asked: list[str] = []
    with screen(browser, 1280) as page:
        page.on("request", lambda request: asked.append(request.url))
        for path in PAGES:
            page.goto(f"{site_url}/{path}", wait_until="networkidle")
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith(f"{site_url}/")] == []
