"""What the Netwrix catalogue does not have: sections, a compact matrix, ranges, types of problems, tombstones.

The site has the theme as it comes, without the overrides of the project's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
import yaml

from tests.pages.barriers import SCREENS, barriers, screen, wide
from tests.pages.building import broken, build_catalogue, html_errors, parsed_pages, served, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CATALOGUE = """
catalogue: 1
api: {id: shop, title: A shop, version: "3.0", summary: Sells things., docs_url: "https://docs.example.org/shop"}
bodies:
  empty: {kind: empty}
  refusal:
    kind: error
    media_types: [application/problem+json]
    problem: {json: type}
    problems: [card-refused]
    example: {application/problem+json: '{"type": "card-refused"}'}
problems:
  card-refused:
    title: The card was refused
    says: The bank said no.
    type: https://docs.example.org/shop/problems/card-refused/
    causes: [no-money]
causes: {no-money: {says: There is no money., remedies: [earn], retryable: true}}
remedies: {earn: {says: Earn some.}}
responses:
  200: {reason: OK, summary: Done.}
  402:
    reason: Payment Required
    body: refusal
    for:
      op-1:
        summary: The card was refused.
        retryable: true
        client: must-handle
        headers: {Retry-After: {says: When to come back., example: "3"}}
      op-2: {summary: Refused as well., removed: "2.1"}
      op-7: not-applicable
  410: {reason: Gone, summary: It was here., since: "1.0", removed: "2.0"}
  4XX: {reason: Client error, summary: Something else is wrong., body: empty}
  default: {summary: Whatever.}
"""

PAGES = (
    "",
    "matrix/",
    "matrix/First/",
    "codes/402/",
    "codes/410/",
    "codes/4XX/",
    "operations/op-1/",
    "operations/op-5/",
    "problems/card-refused/",
    "module/",
    "changes/",
)


def catalogue() -> str:
    operations: dict[str, dict[str, object]] = {
        f"op-{number}": {
            "title": f"Operation number {number}",
            "endpoints": [f"GET /things/{number}", f"POST /things/{number}"],
            "tags": ["First" if number < 20 else "Second"],
        }
        for number in range(26)
    }
    operations["op-3"]["deprecated"] = {"since": "2.0", "use": "op-4"}
    operations["op-5"]["removed"] = "3.0"
    operations["op-6"]["since"] = "1.5"
    return CATALOGUE + yaml.safe_dump({"operations": operations})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_catalogue(tmp_path_factory.mktemp("shop") / "site", catalogue())


@pytest.fixture(scope="module")
def shop_url(shop: Path) -> Iterator[str]:
    with served(shop) as url:
        yield url


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_no_page_has_a_barrier(browser: Browser, shop_url: str, width: int, scheme: Literal["light", "dark"]) -> None:
    with screen(browser, width, scheme) as page:
        assert barriers(page, shop_url, PAGES) == {}


def test_no_page_scrolls_sideways(browser: Browser, shop_url: str) -> None:
    with screen(browser, 320) as page:
        assert wide(page, shop_url, PAGES) == {}


def test_every_page_is_html_and_no_link_is_broken(shop: Path) -> None:
    assert html_errors(shop) == set()
    pages = parsed_pages(shop)
    links = [(page, a.get("href", "")) for page, tree in pages.items() if page != "404.html" for a in tree.iter("a")]
    assert [fault for page, href in links if (fault := broken(shop, pages, page, href))] == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("operations/op-5", "No longer there since 3.0."),
        ("operations/op-3", "Deprecated since 2.0; use op-4 instead."),
        ("operations/op-6", "Since 1.5."),
        ("codes/410", "No longer there since 2.0"),
        ("codes/402", "Operation number 2: No longer there since 2.1."),
        ("e/410", "410"),
        ("e/op-5/200", "200 Operation number 5"),
    ],
)
def test_what_is_gone_keeps_its_page_and_its_short_link(shop: Path, path: str, says: str) -> None:
    assert says in text_of(parsed_pages(shop / path)["index.html"])
