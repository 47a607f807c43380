"""Catalogue text never becomes more than text, in a real browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.prose import plain
from errdex.pages import PageOptions, render_pages
from errdex.pages.site import plan_site
from tests.pages.building import build, html_errors, served
from tests.pages.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from errdex.catalogue.model import Catalogue

CONFIG = """\
site_name: A site
theme: {name: material, font: false, features: [navigation.prune]}
extra: {generator: false}
plugins: [search, tags]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.snippets
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tilde
extra_css: [assets/errdex.css]
extra_javascript: [assets/errdex.js]
"""


TITLE = 3
"""The text that ends a `<title>` is the title of everything that has one."""


def placeholder(index: int) -> str:
    return f"hostile{index}end"


def innocent() -> dict[str, object]:
    """Return a catalogue with a placeholder wherever it has text, and a status for each hostile text."""
    names = [placeholder(index) for index in range(len(HOSTILE))]
    return {
        "catalogue": 1,
        "api": {"id": "hostile", "title": names[TITLE], "summary": names[0], "version": "1"},
        "links": {"there": {"title": names[0], "url": "https://example.org/there"}},
        "bodies": {
            f"body-{i}": {
                "kind": "error",
                "says": name,
                "media_types": ["application/json"],
                "problem": {"json": "code"},
                "problems": ["problem"],
                "example": {"application/json": name},
            }
            for i, name in enumerate(names)
        },
        "problems": {"problem": {"title": names[TITLE], "says": names[0], "causes": [f"cause-{i}" for i in range(9)]}},
        "remedies": {f"remedy-{i}": {"says": name} for i, name in enumerate(names)},
        "causes": {f"cause-{i}": {"says": name, "remedies": [f"remedy-{i}"]} for i, name in enumerate(names)},
        "operations": {
            "operation": {
                "title": names[TITLE],
                "summary": names[0],
                "limits": names,
                "tags": [names[TITLE]],
                "endpoints": ["GET /things"],
            },
        },
        "responses": {
            400 + i: {
                "reason": name,
                "body": f"body-{i}",
                "for": {
                    "operation": {
                        "summary": name,
                        "detail": name,
                        "causes": [f"cause-{i}"],
                        "remedies": [f"remedy-{i}"],
                        "headers": {"X-Header": {"says": name, "example": "1"}},
                    }
                },
            }
            for i, name in enumerate(names)
        },
        "notes": names,
    }


def poisoned(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue with every placeholder replaced, as no loader would have let it through."""
    changed = _replaced(catalogue)
    assert isinstance(changed, type(catalogue))
    return changed


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return re.sub(r"hostile(\d+)end", lambda match: HOSTILE[int(match.group(1))], value)
    if isinstance(value, tuple):
        items = [_replaced(item) for item in value]
        return value._make(items) if hasattr(value, "_make") else tuple(items)
    return value


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path = tmp_path_factory.mktemp("innocent") / "catalogue.yaml"
    path.write_text(json.dumps(innocent()), encoding="utf-8")
    return poisoned(load_catalogue(str(path)))


@pytest.fixture(scope="module")
def hostile_site(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for path, text in render_pages(catalogue, PageOptions()).items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    # Not strict: a relative link of a catalogue may well lead nowhere, and says so.
    return build(folder, folder / "site", strict=False)


@pytest.fixture(scope="module")
def hostile_url(hostile_site: Path) -> Iterator[str]:
    with served(hostile_site) as url:
        yield url


FOREIGN = """
() => {
  const acts = (e) =>
    [...e.attributes].some((a) => /^on/i.test(a.name)) ||
    /^\\s*(javascript|data|vbscript):/i.test(e.getAttribute("href") || e.getAttribute("src") || "") ||
    /^(img|iframe|object|embed)$/i.test(e.tagName);
  const bad = [...document.querySelectorAll("*")].filter(acts);
  const foreign = [...document.querySelectorAll("article *")].filter((e) =>
      /^(script|iframe|object|embed|form|math|details|textarea|style|meta|base|blockquote|img|mark|ins|del|kbd|abbr|sub)$/i
        .test(e.tagName)
  );
  return [window.hostile, [...bad, ...foreign].map((e) => e.outerHTML), document.querySelectorAll("article h1").length];
}
"""


def check_page(page: Page, url: str) -> str:
    """Open a page, check that it has no foreign element and that nothing ran; return what it shows."""
    page.goto(url, wait_until="domcontentloaded")
    ran, foreign, titles = page.evaluate(FOREIGN)
    assert (ran, foreign, titles) == (None, [], 1), url
    return squeezed(page.text_content("article") or "")


def squeezed(text: str) -> str:
    """Return text without white space and control characters, which no page has to keep."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", "", text)


def test_there_are_at_least_forty_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 40


def test_no_text_becomes_markup_or_is_lost(browser: Browser, hostile_url: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    # What the theme runs is not in question, and takes most of the time.
    page.route("**/assets/javascripts/**", lambda route: route.abort())
    page.route("**/assets/stylesheets/**", lambda route: route.abort())
    everything = [squeezed(plain(text)) for text in HOSTILE]
    pages = {f"codes/{400 + i}/": [text] for i, text in enumerate(everything)}
    pages |= {"": everything, "matrix/": everything, "operations/operation/": everything, "codes/": everything}
    pages |= {"problems/problem/": everything[:9], "operations/": [everything[TITLE]], "problems/": [everything[0]]}
    for path, texts in pages.items():
        shown = check_page(page, f"{hostile_url}/{path}")
        assert [text for text in texts if text not in shown] == [], path
    page.close()
    assert [url for url in requests if not url.startswith(hostile_url)] == []


def test_no_text_breaks_the_markup_of_a_page(hostile_site: Path) -> None:
    assert html_errors(hostile_site) == set()


def test_the_search_shows_hostile_texts_as_text(browser: Browser, hostile_url: str) -> None:
    page = browser.new_page()
    page.goto(hostile_url)
    page.locator("input.md-search__input").press_sequentially("heading")
    page.wait_for_selector(".md-search-result__item")
    assert page.evaluate("window.hostile") is None
    assert page.locator(".md-search-result__list script, .md-search-result__list img").count() == 0
    page.close()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "index",
        "README",
        ".hidden",
        "a/b",
        "x\n",
        'x" onclick="y',
        "",
    ],
)
def test_an_id_that_no_loader_lets_through_cannot_leave_its_folder(catalogue: Catalogue, name: str) -> None:
    operation = catalogue.operations[0]._replace(id=name)
    responses = [
        status._replace(
            cells=tuple(
                cell._replace(
                    operations=tuple(name if one == catalogue.operations[0].id else one for one in cell.operations)
                )
                for cell in status.cells
            )
        )
        for status in catalogue.statuses
    ]
    changed = catalogue._replace(
        operations=(operation, *catalogue.operations[1:]),
        statuses=tuple(responses),
        columns=tuple(name if one == catalogue.operations[0].id else one for one in catalogue.columns),
    )
    page = plan_site(changed, PageOptions()).operation(name).page
    assert re.fullmatch(r"operations/[A-Za-z0-9_][A-Za-z0-9._-]*\.md", page)
    assert page not in {"operations/index.md", "operations/README.md"}
    assert all(re.fullmatch(r"[.A-Za-z0-9_/-]+", path) and "/../" not in f"/{path}" for path in render_pages(changed))
