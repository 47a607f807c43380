"""What a page of a real browser keeps from some readers: barriers that axe finds, and scrolling sideways."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, Page

SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (375, "light"),
    (375, "dark"),
    (1280, "light"),
    (1280, "dark"),
)
"""Widths and colour schemes that no page may have a barrier in."""

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = """
async () => (await axe.run({resultTypes: ["violations"], preload: false})).violations
  .filter((v) => v.impact === "serious" || v.impact === "critical")
  .map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120) + " " + n.target).join(" | ")}`)
"""


@contextmanager
def screen(browser: Browser, width: int, scheme: Literal["light", "dark"] = "light") -> Iterator[Page]:
    """Give a page of a fresh browser of that width and colour scheme."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        yield context.new_page()
    finally:
        context.close()


def barriers(page: Page, url: str, paths: Iterable[str]) -> dict[str, list[str]]:
    """Return the serious and critical violations of the pages that have any."""
    found = {}
    for path in paths:
        page.goto(f"{url}/{path}")
        page.evaluate(AXE)
        if violations := page.evaluate(VIOLATIONS):
            found[path] = violations
    return found


def wide(page: Page, url: str, paths: Iterable[str]) -> dict[str, int]:
    """Return the width of the pages that are wider than the screen."""
    found = {}
    for path in paths:
        page.goto(f"{url}/{path}")
        inner, content = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        if content > inner:
            found[path] = content
    return found
