from __future__ import annotations

import json
import re

import pytest

from errdex.catalogue.export import export_json, export_markdown
from errdex.catalogue.load import load_catalogue

TEXT = r"""
catalogue: 1
api: {id: shop, title: "Shop | *Test*", version: "1.0", servers: ["https://example.com/v1"]}
links:
  guide: {title: Guide, url: "https://example.com/guide"}
  book: {title: Book}
bodies:
  empty: {kind: empty, says: The body is empty.}
  error: {kind: error, says: The body tells more.}
causes:
  slow: {says: "It is slow, see the [guide](ref:guide) and the [book](ref:book).", remedies: [wait]}
  broken: {says: "It is `a | b` or a_b or _c_.", remedies: [wait, call]}
remedies:
  wait: Wait.
  call: Call *us*.
operations:
  read: {title: Read, endpoints: [GET /x]}
  list: {title: List, endpoints: [GET /y, POST /y]}
  write: {title: Write, endpoints: [PUT /x, DELETE /x]}
  drop: {title: Drop, endpoints: [DELETE /y]}
groups:
  reading: {title: Reading, operations: [read, list]}
columns: [write, reading, drop]
responses:
  200: {reason: OK, summary: Done., body: empty}
  302: {reason: Found, for: {read: {summary: Elsewhere.}, drop: not-applicable}}
  404: {reason: Not Found, summary: None., for: {reading: {}, write: {}, drop: {}}}
  405: {reason: Method Not Allowed, summary: No.}
  500:
    reason: Broken
    body: error
    remedies: [call]
    for:
      reading: {causes: [slow, broken]}
      read: {causes: [broken], detail: "<b>1\\_2</b>"}
      write: {causes: [slow]}
      drop: not-applicable
  4XX: {summary: Whatever.}
  default: {}
notes: ["*Read* the [guide](ref:guide)."]
"""
CATALOGUE = load_catalogue("shop.yaml", TEXT)

TABLE = r"""
# Shop \| \*Test\*: response status codes

Code | Status | Write | Reading | Drop |
---|---|---|---|---|
200 OK | Success | Done. The body is empty. | | |
302 Found | Redirection | ? | Read: Elsewhere.<br>List: ? | — |
404 Not Found | Error | None. | None. | None. |
405 Method Not Allowed | Error | @ALLOWED | | |
4XX | Error | Whatever. | | |
500 Broken | Error | @WRITE | Read: @READ<br>List: @LIST | — |
default | Error | | | |

*Read* the [guide](https://example.com/guide).
"""
SLOW = "It is slow, see the [guide](https://example.com/guide) and the book. Wait."
BROKEN = r"It is `a \| b` or a_b or \_c\_. Wait. Call *us*."
CELLS = {
    "@ALLOWED": "No. Read allows GET; List allows GET, POST; Write allows PUT, DELETE; Drop allows DELETE.",
    "@WRITE": f"{SLOW} Call *us*.",
    "@READ": rf"\<b\>1_2\</b\> {BROKEN} Call *us*.",
    "@LIST": f"- {SLOW} - {BROKEN} Call *us*.",
}


def test_the_table() -> None:
    expected = TABLE.strip()
    for name, text in CELLS.items():
        expected = expected.replace(name, text)
    assert export_markdown(CATALOGUE).splitlines() == expected.splitlines()


def test_json_has_a_row_for_each_status_and_operation() -> None:
    document = json.loads(export_json(CATALOGUE))
    rows = document["responses"]
    statuses = ["200", "302", "404", "405", "4XX", "500", "default"]
    assert [(row["status"], row["operation"]) for row in rows] == [
        (status, operation) for status in statuses for operation in ("read", "list", "write", "drop")
    ]
    assert {row["state"] for row in rows} == {"documented", "not-applicable", "unsaid"}
    assert document["operations"][1]["endpoints"] == [{"method": "GET", "path": "/y"}, {"method": "POST", "path": "/y"}]
    assert document["groups"] == [{"id": "reading", "title": "Reading", "operations": ["read", "list"]}]
    assert document["columns"] == ["write", "reading", "drop"]
    assert {"status": "404", "operations": ["read", "list"], "group": "reading"} in document["shared"]
    assert {"status": "200", "operations": ["read", "list", "write", "drop"], "group": None} in document["shared"]


@pytest.mark.parametrize(
    ("operation", "causes", "remedies"),
    [("read", ["broken"], ["wait", "call"]), ("list", ["slow", "broken"], ["wait", "call"]), ("drop", [], [])],
)
def test_remedies_of_a_row_are_all_that_can_be_done(operation: str, causes: list[str], remedies: list[str]) -> None:
    (row,) = (
        row
        for row in json.loads(export_json(CATALOGUE))["responses"]
        if (row["status"], row["operation"]) == ("500", operation)
    )
    assert [cause["id"] for cause in row["causes"]] == causes
    assert [remedy["id"] for remedy in row["remedies"]] == remedies


def test_both_are_the_same_each_time() -> None:
    again = load_catalogue("elsewhere/shop.yaml", TEXT)
    assert export_json(again) == export_json(CATALOGUE)
    assert export_markdown(again) == export_markdown(CATALOGUE)


def test_a_catalogue_that_says_nothing() -> None:
    empty = load_catalogue("x.yaml", "catalogue: 1\napi: {id: x, title: X}\n")
    assert json.loads(export_json(empty))["responses"] == []
    assert export_markdown(empty).splitlines()[2:] == ["Code | Status |", "---|---|"]


def test_no_text_can_leave_its_cell() -> None:
    hostile = "a | b\n| c ||| <script> </td> `x|y` [e|f](https://example.com/|) \\| \\"
    text = json.dumps(
        {
            "catalogue": 1,
            "api": {"id": "x", "title": hostile},
            "operations": {"o": {"title": hostile, "endpoints": ["GET /x"]}},
            "responses": {"404": {"reason": hostile, "summary": hostile.replace("/|", "/")}},
        }
    )
    lines = export_markdown(load_catalogue("x.json", text)).splitlines()
    assert len(lines) == 5
    for line in lines[2:]:
        assert len(re.findall(r"(?<!\\)\|", line)) == 3
        assert not re.search(r"(?<!\\)<", line)
