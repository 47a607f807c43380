"""The committed Markdown builds to the same pages with mkdocs, properdocs and zensical."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.pages import render_pages
from tests.pages.building import NETWRIX, ROOT, engine, ids_of, parsed_pages, text_of
from tests.pages.test_matrix import check_matrix

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

CONFIG = """\
site_name: A site
site_dir: site
theme: {name: material, font: false, features: [navigation.prune]}
extra: {generator: false}
plugins: [search]
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
extra_css: [assets/errdex.css]
extra_javascript: [assets/errdex.js]
"""
with contextlib.chdir(ROOT):  # pages show the path of the catalogue as it was named
    CATALOGUE = load_catalogue(NETWRIX.relative_to(ROOT).as_posix())


def built(folder: Path, name: str) -> Path:
    """Write the plain pages and build them; nothing may be warned about."""
    for path, text in render_pages(CATALOGUE).items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    ran = engine(name, "build", "--strict", "-f", "mkdocs.yml", cwd=folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "site"


def contents(site: Path) -> dict[str, Element]:
    """Return what each page holds beside what the theme put around it."""
    pages = {path: tree for path, tree in parsed_pages(site).items() if path != "404.html"}
    return {path: next(tree.iter("article"), tree) for path, tree in pages.items()}


def own_ids(article: Element) -> frozenset[str]:
    return frozenset(name for name in ids_of(article) if not name.startswith("__"))


@pytest.fixture(scope="module")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("mkdocs"), "mkdocs")


@pytest.mark.parametrize("name", ["properdocs", "zensical"])
def test_another_engine_makes_the_same_pages_and_anchors(mkdocs_site: Path, tmp_path: Path, name: str) -> None:
    site = built(tmp_path, name)
    expected, found = contents(mkdocs_site), contents(site)
    assert found.keys() == expected.keys()
    assert {path: own_ids(page) for path, page in found.items()} == {p: own_ids(page) for p, page in expected.items()}
    check_matrix((site / "matrix" / "index.html").read_text(encoding="utf-8"), CATALOGUE)


@pytest.mark.parametrize("name", ["properdocs", "zensical"])
def test_another_engine_publishes_the_same_data(mkdocs_site: Path, tmp_path: Path, name: str) -> None:
    site = built(tmp_path, name)
    data = [path for path in render_pages(CATALOGUE) if not path.endswith(".md") and not path.startswith(".")]
    assert "catalogue.json" in data
    for path in data:
        assert (site / path).read_bytes() == (mkdocs_site / path).read_bytes()


def test_the_plugin_and_the_plain_pages_make_the_same_site(mkdocs_site: Path, site: Path) -> None:
    expected = contents(mkdocs_site)
    reference = {
        path.removeprefix("netwrix-auditor/"): page
        for path, page in contents(site).items()
        if path.startswith("netwrix-auditor/") and not path.endswith("coverage/index.html")
    }
    assert reference.keys() == expected.keys()
    for path, page in reference.items():
        assert own_ids(page) == own_ids(expected[path])
        assert path == "index.html" or text_of(page).replace("¶", "") == text_of(expected[path]).replace("¶", "")
