"""`errdex build --serve`: an edit is in the browser within two seconds, and a fault ends nothing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.pages.building import NETWRIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CONFIG = """\
site_name: A site
dev_addr: 127.0.0.1:{port}
theme: {{name: material, font: false, features: [navigation.prune]}}
extra: {{generator: false}}
plugins: [search, errdex: {{catalogue: codes/api.yaml, path: api}}]
nav: [index.md, about.md, API: api/]
"""
ERRDEX = 'catalogues = ["codes/api.yaml"]\n[site]\nconfig = "mkdocs.yml"\noutput = "site"\n'
CHANGED = {
    "api",
    "api/codes",
    "api/codes/503",
    "api/matrix",
    "api/operations/write-activity-records",
}
"""The pages that tell what 503 means."""
GOOD = NETWRIX.read_text(encoding="utf-8")
BUSY = "Service is busy or cannot be reached"


class Live:
    """A project whose site is served while its catalogue is edited."""

    def __init__(self, folder: Path, url: str, said: Path) -> None:
        self.folder = folder
        self.url = url
        self.said = said

    def write(self, text: str) -> None:
        (self.folder / "codes" / "api.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    (folder / "docs").mkdir()
    (folder / "codes").mkdir()
    (folder / "docs" / "index.md").write_text("# A home with a name\n", encoding="utf-8")
    (folder / "docs" / "about.md").write_text("# Who we are\n", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "mkdocs.yml").write_text(CONFIG.format(port=port), encoding="utf-8")
    (folder / "errdex.toml").write_text(ERRDEX, encoding="utf-8")
    one = Live(folder, f"http://127.0.0.1:{port}", folder / "said.txt")
    one.write(GOOD)
    with served(one):
        yield one


@contextmanager
def served(live: Live) -> Iterator[None]:
    """Run `errdex build --serve` until the tests are done."""
    command = [sys.executable, "-m", "errdex", "build", "--serve"]
    (live.folder / "tmp").mkdir()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(live.folder / "tmp")}
    with (
        live.said.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            command, cwd=live.folder, env=environment, stdout=said, stderr=said, start_new_session=True
        ) as server,
    ):
        try:
            end = time.monotonic() + 60
            while not answers(live.url):
                assert server.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
            yield
            assert server.poll() is None
        finally:
            os.killpg(server.pid, signal.SIGINT)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def shows(page: Page, text: str) -> None:
    page.wait_for_selector(f'article:has-text("{text}")', timeout=60_000)


def stretch() -> float:
    """Return how many times longer things take now than on a machine that does nothing else."""
    start, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.3:
        pass
    return max(1.0, (time.monotonic() - start) / 0.3)


def test_an_edit_is_in_the_browser_within_two_seconds(live: Live, page: Page) -> None:
    page.goto(f"{live.url}/api/codes/503/")
    shows(page, BUSY)
    spent: list[float] = []
    # What it takes at its best is what the program takes; the rest is the machine's other work.
    while len(spent) < 10 and min(spent, default=2) >= 2:
        text = f"Service is out for lunch number {len(spent)}"
        time.sleep(1)  # an edit during a reload waits for the next look at the files
        start = time.monotonic()
        live.write(GOOD.replace(BUSY, text))
        shows(page, text)
        spent.append((time.monotonic() - start) / stretch())
    assert min(spent) < 2


def when_built(live: Live) -> dict[str, int]:
    """Return when each page was last built, by its path on the site."""
    (site,) = (live.folder / "tmp").glob("mkdocs_*")
    return {path.parent.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("index.html")}


def test_pages_that_an_edit_does_not_change_are_not_built_again(live: Live, page: Page) -> None:
    live.write(GOOD)
    page.goto(f"{live.url}/api/codes/503/")
    shows(page, BUSY)
    built = live.said.read_text(encoding="utf-8").count("Documentation built")
    before = when_built(live)
    live.write(GOOD.replace(BUSY, "Service is closed"))
    shows(page, "Service is closed")
    assert live.said.read_text(encoding="utf-8").count("Documentation built") > built
    after = when_built(live)
    assert {path for path in before if before[path] != after[path]} == CHANGED
    # Search still finds what is on the pages that were left alone.
    with urllib.request.urlopen(f"{live.url}/search/search_index.json", timeout=5) as response:
        locations = {entry["location"] for entry in json.load(response)["docs"]}
    assert {"about/", "api/codes/401/", "api/codes/503/"} <= locations


def test_a_new_status_is_in_the_menu_of_every_page(live: Live, page: Page) -> None:
    live.write(GOOD)
    page.goto(f"{live.url}/api/codes/400/")
    teapot = "  418: {reason: A teapot, body: empty, summary: It is one.}\n"
    live.write(GOOD.replace("\nresponses:\n", f"\nresponses:\n{teapot}"))
    page.wait_for_selector('nav a:has-text("418 A teapot")', state="attached", timeout=60_000)
    page.goto(f"{live.url}/api/codes/418/")
    shows(page, "It is one.")
    # Pages by hand keep the names that they give themselves.
    assert page.locator('nav a:has-text("Who we are")').count() > 0


def test_a_fault_is_on_the_page_and_in_the_terminal_and_ends_nothing(live: Live, page: Page) -> None:
    live.write(GOOD)
    page.goto(f"{live.url}/api/codes/503/")
    shows(page, BUSY)
    live.write(GOOD.replace("retryable: true", "retryabel: true", 1))
    page.wait_for_selector(".errdex-fault", timeout=60_000)
    told = page.text_content(".errdex-fault") or ""
    assert "unknown key 'retryabel' in a status; did you mean 'retryable'?" in told
    shows(page, BUSY)
    assert "unknown key 'retryabel'" in live.said.read_text(encoding="utf-8")
    live.write(GOOD)
    page.wait_for_selector(".errdex-fault", state="detached", timeout=60_000)
    assert "Traceback" not in live.said.read_text(encoding="utf-8")
