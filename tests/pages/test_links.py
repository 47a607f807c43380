"""Every link of the built site leads somewhere: raw HTML, anchors, JSON and feed included."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from errdex.catalogue.load import load_catalogue
from errdex.pymodule.render import render_module
from tests.pages.building import NETWRIX, broken

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

REFERENCE = "netwrix-auditor"


def test_every_link_and_anchor_of_every_page_resolves(site: Path, site_pages: dict[str, Element]) -> None:
    faults = [
        fault
        for page, tree in site_pages.items()
        if page != "404.html"
        for element in tree.iter()
        for name in ("href", "src")
        if (href := element.get(name)) and (fault := broken(site, site_pages, page, href))
    ]
    assert faults == []


def test_every_redirect_leads_where_its_link_leads(site: Path, site_pages: dict[str, Element]) -> None:
    redirects = {page: tree for page, tree in site_pages.items() if f"{REFERENCE}/e/" in page}
    assert f"{REFERENCE}/e/401/index.html" in redirects
    assert f"{REFERENCE}/e/write-activity-records/503/index.html" in redirects
    assert f"{REFERENCE}/e/search-activity-records/503/index.html" not in redirects
    for page, tree in redirects.items():
        (refresh,) = (meta.attrib["content"] for meta in tree.iter("meta") if meta.get("http-equiv") == "refresh")
        (link,) = tree.iter("a")
        assert refresh == f"0; url={link.attrib['href']}"
        assert broken(site, site_pages, page, link.attrib["href"]) == ""


def test_every_address_in_the_data_files_resolves(site: Path, site_pages: dict[str, Element]) -> None:
    data = json.loads((site / REFERENCE / "catalogue.json").read_text(encoding="utf-8"))
    urls = [row["url"] for key in ("operations", "statuses", "problems", "responses") for row in data[key]]
    assert len(urls) == len(set(urls)) > 0
    feed = ET.parse(site / REFERENCE / "changes.xml")
    urls += [link.attrib["href"] for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    index = (site / REFERENCE / "llms.txt").read_text(encoding="utf-8")
    urls += re.findall(r"\]\(([^)]+)\)", index)
    assert [fault for url in urls if (fault := broken(site, site_pages, f"{REFERENCE}/index.html", url))] == []


def test_every_link_of_the_plain_twins_resolves(site: Path) -> None:
    twins = [*(site / REFERENCE).rglob("index.md"), site / REFERENCE / "llms-full.txt"]
    assert site / REFERENCE / "codes" / "401" / "index.md" in twins
    for twin in twins:
        targets = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", twin.read_text(encoding="utf-8"))
        assert [target for target in targets if not (twin.parent / target).is_file()] == []


def test_every_address_in_the_generated_module_resolves(site: Path, site_pages: dict[str, Element]) -> None:
    catalogue = load_catalogue(str(NETWRIX))
    published = catalogue._replace(api=catalogue.api._replace(docs_base_url="https://docs.example.org/ref"))
    source = "".join(render_module(published).values())
    urls = set(re.findall(r"https://docs\.example\.org/ref/([^\"'\s)]+)", source))
    documented = sum(r.state == "documented" and r.status >= "400" for r in catalogue.responses())
    assert len(urls) >= documented
    assert [fault for url in urls if (fault := broken(site, site_pages, f"{REFERENCE}/index.html", url))] == []
