"""What came, what is deprecated and what went: the page, the feed, and pages that stay for what is gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.pages import PageOptions, render_pages

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = """
catalogue: 1
api: {id: shop, title: Shop & Co, docs_url: "https://docs.example.org/shop"}
operations:
  buy: {title: Buy, endpoints: [POST /orders], since: "1.0"}
  list: {title: List, endpoints: [GET /orders], since: "9.0", deprecated: {since: "10.0"}}
  fax: {title: Fax an order, endpoints: [POST /fax], removed: "10.0"}
responses:
  200: {reason: OK, summary: Done.}
  402:
    reason: Payment Required
    for:
      buy: {summary: The card was refused., removed: "9.1"}
      list: not-applicable
      fax: not-applicable
  429: {reason: Too Many Requests, summary: Slower., since: "9.1"}
"""


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "shop.yaml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return render_pages(load_catalogue(str(path)), PageOptions(updated="2026-01-02T03:04:05Z"))


def test_changes_are_listed_newest_version_first(pages: dict[str, str]) -> None:
    headings = re.findall(r"^## (\S+) ", pages["changes.md"], re.MULTILINE)
    assert headings == ["10&#46;0", "9&#46;1", "9&#46;0", "1&#46;0"]
    assert "[Fax an order&#58; no longer there](operations/fax.md)" in pages["changes.md"]


def test_the_feed_is_atom_with_an_entry_for_each_change(pages: dict[str, str]) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(pages["changes.xml"])
    entries = {entry.findtext(f"{atom}title"): entry for entry in feed.iter(f"{atom}entry")}
    assert feed.findtext(f"{atom}title") == "Shop & Co: changes"
    assert set(entries) == {
        "Buy: new",
        "List: new",
        "List: deprecated",
        "Fax an order: no longer there",
        "402 from Buy: no longer there",
        "429 from Buy: new",
        "429 from List: new",
        "429 from Fax an order: new",
    }
    ids = [entry.findtext(f"{atom}id") for entry in entries.values()]
    assert len(set(ids)) == len(ids)
    (link,) = entries["402 from Buy: no longer there"].iter(f"{atom}link")
    assert link.attrib["href"] == "https://docs.example.org/shop/codes/402/#buy"
    assert {entry.findtext(f"{atom}updated") for entry in entries.values()} == {"2026-01-02T03:04:05Z"}


def test_what_is_gone_keeps_its_page_and_says_so(pages: dict[str, str]) -> None:
    assert "<li>No longer there since 9&#46;1</li>" in pages["codes/402.md"]
    assert "**No longer there since 10&#46;0.**" in pages["operations/fax.md"]
    assert "No longer there since 9&#46;1. The card was refused&#46;" in pages["matrix/index.md"]
    assert "e/buy/402/index.html" in pages


def test_a_catalogue_without_dates_says_that_it_has_none(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text("catalogue: 1\napi: {id: x, title: X}\noperations: {a: {title: A, endpoints: [GET /a]}}\n")
    pages = render_pages(load_catalogue(str(path)))
    assert "dates nothing yet" in pages["changes.md"]
    assert "<entry>" not in pages["changes.xml"]


def test_what_changed_alike_for_many_operations_is_one_change(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    operations = "".join(f"  op-{i}: {{title: Operation {i}, endpoints: [GET /{i}]}}\n" for i in range(9))
    path.write_text(
        f"catalogue: 1\napi: {{id: many, title: Many}}\noperations:\n{operations}responses:\n"
        "  200: {reason: OK, summary: Done.}\n"
        '  410: {reason: Gone, summary: It was here., since: "1.0", removed: "2.0"}\n'
        '  402: {for: {op-1: {summary: Pay., since: "2.0"}, op-2: {summary: Pay more., since: "2.0"}}}\n',
        encoding="utf-8",
    )
    pages = render_pages(load_catalogue(str(path)))
    lines = [line for line in pages["changes.md"].splitlines() if line.startswith("- ")]
    assert lines == [
        "- [402 from Operation 1&#58; new](codes/402.md#op-1)",
        "- [402 from Operation 2&#58; new](codes/402.md#op-2)",
        "- [410 from every operation&#58; no longer there](codes/410.md#op-0)",
        "- [410 from every operation&#58; new](codes/410.md#op-0)",
    ]
    ids = re.findall("<id>(.*?)</id>", pages["changes.xml"])
    assert len(ids) == len(set(ids)) == 5
