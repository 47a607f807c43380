"""The matrix of a built page says what the catalogue says, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.prose import plain
from tests.pages.building import NETWRIX, build_catalogue, parse, text_of, with_class

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from errdex.catalogue.model import Catalogue, Response

# A group whose operations differ, a status that means one thing for all, the three kinds of blank, a range.
MIXED = """
catalogue: 1
api: {id: mixed, title: Mixed API}
bodies:
  empty: {kind: empty}
operations:
  read-one: {title: Read one, endpoints: ["GET /things/{id}"]}
  read-all: {title: Read all, endpoints: [GET /things, HEAD /things]}
  write: {title: Write, endpoints: ["PUT /things/{id}"]}
  drop: {title: Drop, endpoints: ["DELETE /things/{id}"]}
groups:
  reading: {title: Read, operations: [read-one, read-all]}
responses:
  200:
    for:
      reading: {summary: It is there.}
      write: {summary: "It *was* `written`."}
      drop: not-applicable
  404:
    body: empty
    for:
      read-one: {summary: There is no such thing.}
      read-all: not-applicable
      write: {summary: There is no such thing.}
      drop: {summary: There is no such thing.}
  405: {body: empty, summary: Another method is needed.}
  409:
    for:
      write: {summary: "Someone | else <b>wrote</b>.", causes: [{id: a, says: "A *cause*."}, {id: b, says: Another.}]}
  5XX: {summary: The server failed.}
"""


def described(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return what a reader of the catalogue expects in the cell of each (column, status)."""
    groups = {group.id: group.operations for group in catalogue.groups}
    members = {column: groups.get(column, (column,)) for column in catalogue.columns}
    responses = {(response.status, response.operation): response for response in catalogue.responses()}
    titles = {operation.id: operation.title for operation in catalogue.operations}
    cells = {}
    for column, operations in members.items():
        for status in catalogue.statuses:
            told: dict[str, list[str]] = {}
            for operation in operations:
                told.setdefault(words(responses[status.code, operation]), []).append(titles[operation])
            shown = [text if len(told) == 1 else f"{', '.join(names)} {text}" for text, names in told.items()]
            cells[column, status.code] = " ".join(shown)
    return cells


def words(response: Response) -> str:
    """Return the words of one response, its body and its links left out."""
    if response.state == "not-applicable":
        return "— does not happen"
    if response.state == "unsaid":
        return "not documented"
    prose = (response.summary, response.detail, *(cause.says for cause in response.causes))
    return " ".join(plain(text) for text in prose if text)


def shown(page: Element, catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return what the built page shows for each (column, status), merged cells told for each of their columns."""
    (table,) = with_class(page, "errdex-matrix")
    rows = list(table.iter("tr"))
    assert len(list(rows[0])) == 1 + len(catalogue.columns)
    assert [cell.tag for cell in rows[0]] == ["th"] * len(list(rows[0]))
    cells: dict[tuple[str, str], str] = {}
    for row, status in zip(rows[1:], catalogue.statuses, strict=True):
        head, *rest = row
        assert (head.tag, head.get("scope")) == ("th", "row")
        assert text_of(head) == f"{status.code} {status.reason}".strip()
        across = [cell for cell in rest for _ in range(int(cell.get("colspan", "1")))]
        assert len(across) == len(catalogue.columns)
        cells |= {(column, status.code): said(cell) for column, cell in zip(catalogue.columns, across, strict=True)}
    return cells


def said(cell: Element) -> str:
    """Return the words of a cell, without the sentence on the body, the methods and the link to more."""
    kept = [block for block in cell if not text_of(block).startswith(("More on ", "Allowed: ")) and not is_body(block)]
    return text_of(cell) if not list(cell) else " ".join(text_of(block) for block in kept)


def is_body(block: Element) -> bool:
    return len(block) == 1 and block[0].tag == "em" and not (block.text or "").strip()


def check_matrix(html: str, catalogue: Catalogue) -> None:
    assert shown(parse(html), catalogue) == described(catalogue)


def test_the_matrix_of_the_netwrix_catalogue_says_what_the_catalogue_says(site: Path) -> None:
    catalogue = load_catalogue(str(NETWRIX))
    html = (site / "netwrix-auditor" / "matrix" / "index.html").read_text(encoding="utf-8")
    check_matrix(html, catalogue)


def test_the_netwrix_catalogue_merges_what_holds_for_every_operation(site: Path) -> None:
    html = (site / "netwrix-auditor" / "matrix" / "index.html").read_text(encoding="utf-8")
    (table,) = with_class(parse(html), "errdex-matrix")
    merged = [text_of(row[0]).split()[0] for row in table.iter("tr") if any(cell.get("colspan") for cell in row)]
    assert merged == ["401", "404", "413"]


def test_a_group_whose_operations_differ_is_told_operation_by_operation(tmp_path: Path) -> None:
    site = build_catalogue(tmp_path / "mixed", MIXED)
    catalogue = load_catalogue(str(tmp_path / "mixed" / "catalogue.yaml"))
    html = (site / "matrix" / "index.html").read_text(encoding="utf-8")
    check_matrix(html, catalogue)
    cells = shown(parse(html), catalogue)
    assert cells["reading", "404"] == "Read one There is no such thing. Read all — does not happen"
    assert cells["reading", "409"] == "not documented"


def test_a_matrix_that_says_something_else_is_noticed(site: Path) -> None:
    catalogue = load_catalogue(str(NETWRIX))
    html = (site / "netwrix-auditor" / "matrix" / "index.html").read_text(encoding="utf-8")
    with pytest.raises(AssertionError):
        check_matrix(html.replace("does not happen", "happens"), catalogue)
