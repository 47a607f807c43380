"""The Nu HTML checker finds nothing but what the theme is known for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.building import html_errors

if TYPE_CHECKING:
    from pathlib import Path


def test_no_page_has_an_error_of_its_own(site: Path) -> None:
    assert html_errors(site) == set()


def test_an_error_on_a_page_is_noticed(site: Path, tmp_path: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")
    (tmp_path / "sloppy.html").write_text(text.replace("</h1>", "</h1><table><p>x</p></table>"), encoding="utf-8")
    assert any(said.startswith("Start tag “p” seen in “table”") for said in html_errors(tmp_path))
