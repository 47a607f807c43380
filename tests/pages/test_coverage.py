"""The coverage page says of each call site what the linter says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.pages import PageOptions, render_pages
from tests.pages.building import NETWRIX, ROOT, text_of, with_class

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


CATALOGUE = load_catalogue(str(NETWRIX))


def call(line: int, operation: str, **verdicts: str) -> dict[str, object]:
    named = {code.removeprefix("s"): verdict for code, verdict in verdicts.items()}
    return {
        "path": "src/client.py",
        "line": line,
        "column": 1,
        "catalogue": "netwrix-auditor",
        "operation": operation,
        "verdicts": named,
    }


def report(*calls: dict[str, object], lost: tuple[dict[str, object], ...] = ()) -> str:
    return json.dumps({"findings": [], "calls": calls, "unresolved": lost, "summary": {}})


def test_a_site_without_a_report_has_no_coverage_page() -> None:
    pages = render_pages(CATALOGUE)
    assert "coverage.md" not in pages
    assert "coverage.md" not in pages["index.md"]


def test_a_cell_shows_the_worst_verdict_and_how_often(site_pages: dict[str, Element]) -> None:
    (table,) = with_class(site_pages["netwrix-auditor/coverage/index.html"], "errdex-heat")
    head, *rows = table.iter("tr")
    columns = [text_of(cell) for cell in head][1:]
    assert columns == [status.code for status in CATALOGUE.statuses]
    calls = json.loads((ROOT / "examples" / "coverage.json").read_text(encoding="utf-8"))["calls"]
    assert len(rows) == len({call["operation"] for call in calls}) > 0
    for row in rows:
        title = text_of(row[0])
        (operation,) = (op for op in CATALOGUE.operations if title.startswith(op.title))
        for code, cell in zip(columns, list(row)[1:], strict=True):
            verdicts = [c["verdicts"][code] for c in calls if c["operation"] == operation.id and code in c["verdicts"]]
            if not verdicts:
                assert text_of(cell) == "—"
                continue
            worst = next(v for v in ("dropped", "collapsed", "delegated", "discriminated", "success") if v in verdicts)
            # The word, not the colour, says it.
            assert text_of(cell).split()[1].startswith(worst)
            assert f"errdex-{worst}" in cell.attrib["class"]


def test_every_call_site_leads_to_its_line() -> None:
    lost = {"path": "src/other.py", "line": 9, "column": 1, "reason": "the URL is a parameter"}
    options = PageOptions(
        coverage=report(call(7, "search-activity-records", s200="success", s404="dropped"), lost=(lost,)),
        code_url="https://git.example.org/blob/main/{path}#L{line}",
    )
    page = render_pages(CATALOGUE, options)["coverage.md"]
    assert "1 call site, 1 more could not be resolved" in page
    assert "(https://git.example.org/blob/main/src/client.py#L7): dropped 404; success 200" in page
    assert "(https://git.example.org/blob/main/src/other.py#L9): the URL is a parameter" in page


def test_a_cell_leads_to_its_call_sites(site_pages: dict[str, Element]) -> None:
    article = next(site_pages["netwrix-auditor/coverage/index.html"].iter("article"))
    (table,) = with_class(article, "errdex-heat")
    targets = {link.attrib["href"] for cell in table.iter("td") for link in cell.iter("a")}
    headings = {f"#{heading.get('id')}" for heading in article.iter("h2")}
    assert targets <= headings
    assert len(targets) == 3


def test_calls_of_another_api_are_left_out() -> None:
    other = {**call(1, "search-activity-records", s200="success"), "catalogue": "other"}
    page = render_pages(CATALOGUE, PageOptions(coverage=report(other)))["coverage.md"]
    assert "0 call sites" in page


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"calls": [1], "unresolved": []}', report(call(1, "x", s200="splendid"))]
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="errdex check --format json"):
        render_pages(CATALOGUE, PageOptions(coverage=text or " "))
