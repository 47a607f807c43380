"""A Markdown table of statuses, with all that such tables do to their cells."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.export import export_markdown
from errdex.catalogue.importing import import_catalogue
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.status_table import read_status_table
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Response

TABLE = """\
    Answers of the Shelf

    Code | Status | Put books | Find, list books |
    ---|---|---|---|
    200 OK | Success | Done. The body is empty. The books stand on the shelf. | Done. The body contains books. |
    400 Bad Request | Error | The books are not valid. Make sure that they have covers. | The query is not valid. |
    401 Unauthorized | Error | You are not known and the body is empty. | |
    405 Method Not Allowed | Error | Not so (any except POST). | Not so (any except GET or POST). |
    500 Internal Server Error | Error | Putting failed: - The shelf broke. - It is full. Try again later. | — |
    **503** | Error | ? | The library is closed. Wait. \\| Or not. |

    Most failures have a body.
    """


def read(text: str) -> dict[str, Response]:
    catalogue, _ = read_status_table("shelf.md", dedent(text))
    return {f"{r.status} {r.operation}": r for r in catalogue.responses()}


def test_cells() -> None:
    found = read(TABLE)
    put, find = "put-books", "find-list-books"
    assert {key.partition(" ")[2] for key in found} == {put, find}
    assert {key: r.state for key, r in found.items() if r.state != "documented"} == {
        f"500 {find}": "not-applicable",
        f"503 {put}": "unsaid",
    }
    assert {key: (r.reason, r.summary, r.detail) for key, r in found.items() if r.state == "documented"} == {
        f"200 {put}": ("OK", "Done.", "The books stand on the shelf."),
        f"200 {find}": ("OK", "Done.", ""),
        f"400 {put}": ("Bad Request", "The books are not valid.", ""),
        f"400 {find}": ("Bad Request", "The query is not valid.", ""),
        f"401 {put}": ("Unauthorized", "You are not known and the body is empty.", ""),
        f"401 {find}": ("Unauthorized", "You are not known and the body is empty.", ""),
        f"405 {put}": ("Method Not Allowed", "Not so (any except POST).", ""),
        f"405 {find}": ("Method Not Allowed", "Not so (any except GET or POST).", ""),
        f"500 {put}": ("Internal Server Error", "Putting failed:", ""),
        f"503 {find}": ("", "The library is closed.", ""),
    }
    assert {key: (r.body.kind, r.body.says) for key, r in found.items() if r.body} == {
        f"200 {put}": ("empty", "The body is empty."),
        f"200 {find}": ("content", "The body contains books."),
        f"401 {put}": ("empty", ""),
        f"401 {find}": ("empty", ""),
    }
    assert [remedy.says for remedy in found[f"503 {find}"].remedies] == ["Wait. | Or not."]
    assert [remedy.says for remedy in found[f"400 {put}"].remedies] == ["Make sure that they have covers."]
    assert [(c.says, [r.says for r in c.remedies]) for c in found[f"500 {put}"].causes] == [
        ("The shelf broke.", []),
        ("It is full.", ["Try again later."]),
    ]


def test_the_rest_of_the_page() -> None:
    catalogue, warnings = read_status_table("shelf.md", dedent(TABLE))
    assert (catalogue.api.id, catalogue.api.title) == ("answers-of-the-shelf", "Answers of the Shelf")
    assert [[endpoint[:2] for endpoint in operation.endpoints] for operation in catalogue.operations] == [
        [("POST", "/put-books")],
        [("GET", "/find-list-books"), ("POST", "/find-list-books")],
    ]
    assert catalogue.notes == ("Most failures have a body.",)
    assert [str(status.location) for status in catalogue.statuses][:2] == ["shelf.md:5:1", "shelf.md:6:1"]
    assert [warning.message for warning in warnings] == [
        "the table does not tell the endpoints of 'Put books'; POST /put-books is made up",
        (
            "the table does not tell the endpoints of 'Find, list books'; "
            "GET /find-list-books, POST /find-list-books is made up"
        ),
    ]
    assert [cell.operations for cell in catalogue.statuses[2].cells] == [("put-books", "find-list-books")]


@pytest.mark.parametrize(
    "text",
    [
        "| Code | Read |\n|:---|---:|\n| 404 | None. |\n",
        "Intro\n\n| A | B |\n|---|---|\n| x | y |\n\n# Codes\n\nCode|Read\n---|---\n`404` | None.\n",
        "Code | Kind | Read\n---|---|---\n404 | Error | None.\nafter\n",
    ],
)
def test_other_tables(text: str) -> None:
    assert {key: r.summary for key, r in read(text).items()} == {"404 read": "None."}


def test_a_table_of_one_column() -> None:
    assert [r.operation for r in read("Code | Meaning\n---|---\n404 | None.\n").values()] == ["meaning"]


@pytest.mark.parametrize("text", ["", "no table", "a | b\n---|---\nx | y\n", "Code | Read\n404 | None.\n"])
def test_no_table(text: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_status_table("shelf.md", text)
    assert str(caught.value) == "shelf.md: no table of status codes is here: a row for each code"


def test_a_table_is_imported_as_a_catalogue_that_exports_the_table(tmp_path: Path) -> None:
    (tmp_path / "shelf.md").write_text(dedent(TABLE))
    result = import_catalogue(str(tmp_path / "shelf.md"), "shelf.yaml")
    assert len(result.warnings) == 2
    assert "# The endpoints are made up: a table of statuses does not tell them.\n" in result.text
    table = export_markdown(load_catalogue("shelf.yaml", result.text))
    rows = dedent(TABLE).splitlines()
    for row in (rows[2], rows[4], rows[5], rows[6], rows[8]):
        assert row in table
    (tmp_path / "again.md").write_text(table)
    again = import_catalogue(str(tmp_path / "again.md"), "shelf.yaml")
    assert [line for line in again.text.splitlines() if "summary" in line] == [
        line for line in result.text.splitlines() if "summary" in line
    ]
