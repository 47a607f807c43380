"""The project's own site, built once, and a real browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.pages.building import ROOT, build, parsed_pages, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's site as `mkdocs build --strict` makes it."""
    return build(ROOT, tmp_path_factory.mktemp("own") / "site")


@pytest.fixture(scope="session")
def site_pages(site: Path) -> dict[str, Element]:
    """Every HTML page of the project's site."""
    return parsed_pages(site)


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Where the project's site is served."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; closed with its module, because its event loop runs in the thread of the tests."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("there is no Chromium on the path")
    arguments = [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
