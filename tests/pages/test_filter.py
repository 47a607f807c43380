"""The filter of the overview: with the keyboard alone, in the address, and nothing lost without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def shown(page: Page) -> list[str]:
    """Return the titles of the lines that are visible."""
    return page.locator(".errdex-filterable li:visible strong").all_text_contents()


def test_typing_narrows_the_lists_and_escape_widens_them(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/netwrix-auditor/")
    everything = shown(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.errdex-filter input')"):
            break
    page.keyboard.type("service 503")
    assert shown(page) == ["503 Service Unavailable"]
    assert page.locator(".errdex-filter output").text_content() == f"1 of {len(everything)} shown"
    assert page.locator(".errdex-filterable h3:visible").all_text_contents() == ["Server error¶"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # the links of the headings that still show something come first
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "503 Service Unavailable"
    page.focus(".errdex-filter input")
    page.keyboard.press("Escape")
    assert shown(page) == everything


def test_a_filter_is_in_the_address(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/netwrix-auditor/")
    page.fill(".errdex-filter input", "search")
    assert page.evaluate("location.href") == f"{site_url}/netwrix-auditor/?filter=search"
    found = shown(page)
    page.goto(f"{site_url}/netwrix-auditor/?filter=search")
    assert shown(page) == found != []


def test_what_is_not_there_shows_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/netwrix-auditor/?filter=zebra+crossing")
    assert shown(page) == []
    assert (page.locator(".errdex-filter output").text_content() or "").startswith("0 of ")


def test_everything_is_readable_without_scripts(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/netwrix-auditor/?filter=503")
    assert page.locator(".errdex-filter").count() == 0
    assert len(shown(page)) > 10
    page.goto(f"{site_url}/netwrix-auditor/codes/500/")
    tabs = page.locator(".tabbed-labels label")
    for index in range(tabs.count()):
        tabs.nth(index).click()
        assert page.locator(".tabbed-block").nth(index).is_visible()
    context.close()
