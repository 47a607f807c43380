"""The ids in a text: all of them, where they stand, so that one can get another name everywhere."""

from __future__ import annotations

import pytest

from errdex.catalogue.ids import ids
from errdex.catalogue.load import load_catalogue
from errdex.cli.editor.catalogues import candidates, id_at, renamed, said_of
from errdex.errors import ErrdexError
from tests.conftest import ROOT

NETWRIX = (ROOT / "codes/netwrix-auditor.yaml").read_text(encoding="utf-8")
RECORDS = (ROOT / "tests/lint/oracle/records.yaml").read_text(encoding="utf-8")
SHOP = """\
catalogue: 1
api: {id: shop, title: Shop, version: "1", servers: ["https://shop.example"]}
links: {limits: {title: Limits, url: "https://shop.example/limits"}}
bodies:
  "fault": {kind: error, problems: [Busy], open: true}
problems:
  Busy: {causes: [crowd], remedies: ['wait']}
causes:
  crowd: {says: "Too many come; see [limits](ref:limits).", remedies: [wait]}
remedies:
  wait: Wait. # [limits](ref:limits) is no link here
operations:
  add-item:
    title: Add an item
    endpoints: [POST /items]
    responses:
      409: {body: fault, causes: [{id: crowd, remedies: [{id: wait, says: Wait a bit.}]}]}
  get-item: {title: Get an item, endpoints: ["GET /items/{id}"], deprecated: {since: "1", use: list-items}}
  list-items: {title: List items, endpoints: [GET /items]}
groups:
  reading: {title: Reading, operations: [get-item, list-items]}
columns: [reading, add-item]
responses:
  200: {summary: Done.}
  429:
    body: fault
    for:
      reading: {causes: [crowd]}
      add-item: not-applicable
"""


@pytest.mark.parametrize("text", ["", "x: [", "- 1\n", "catalogue: 1\noperations: [a]\n", "a: &b 1\n"])
def test_no_ids(text: str) -> None:
    assert ids("a.yaml", text) == ()


def test_every_place_of_an_id() -> None:
    found: dict[tuple[str, str], list[int]] = {}
    for one in ids("shop.yaml", SHOP):
        assert SHOP.splitlines()[one.line - 1][one.column - 1 :].startswith(one.name)
        found.setdefault((one.section, one.name), []).append(one.line)
    assert found == {
        ("links", "limits"): [3, 9],
        ("bodies", "fault"): [5, 17, 26],
        ("problems", "Busy"): [5, 7],
        ("causes", "crowd"): [7, 9, 17, 28],
        ("remedies", "wait"): [7, 9, 11, 17],
        ("operations", "add-item"): [13, 22, 29],
        ("operations", "get-item"): [18, 21],
        ("operations", "list-items"): [18, 19, 21],
        ("groups", "reading"): [21, 22, 28],
    }


@pytest.mark.parametrize("text", [SHOP, NETWRIX, RECORDS], ids=["shop", "netwrix", "records"])
def test_each_id_can_get_another_name(text: str) -> None:
    load_catalogue("a.yaml", text)
    for one in ids("a.yaml", text):
        if one.declares:
            places = renamed("a.yaml", text, one, "quite-another-name")
            lines = text.splitlines(keepends=True)
            for place in sorted(places, reverse=True):
                line, start = lines[place.line - 1], place.column - 1
                lines[place.line - 1] = f"{line[:start]}quite-another-name{line[start + len(place.name) :]}"
            after = "".join(lines)
            load_catalogue("a.yaml", after)
            left = {(each.section, each.name) for each in ids("a.yaml", after)}
            assert (one.section, one.name) not in left


@pytest.mark.parametrize("name", ["wait", "no good", "a: b", "", "[x]"])
def test_a_name_that_would_break_the_catalogue(name: str) -> None:
    crowd = id_at("shop.yaml", SHOP, 9, 4)
    assert crowd is not None
    if name == "wait":  # causes and remedies do not share their ids
        assert renamed("shop.yaml", SHOP, crowd, name)
        return
    with pytest.raises(ErrdexError, match="cannot be its name"):
        renamed("shop.yaml", SHOP, crowd, name)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  500: {summary: ", set()),
        ("  500: {body: ", {"fault"}),
        ("  500: {causes: [", {"crowd"}),
        ("  500: {causes: [crowd], remedies: [wait, w", {"wait"}),
        ("  500: {summary: See [the limits](ref:", {"limits"}),
        ("  500:\n    remedies:\n      - ", {"wait"}),
        ("  500:\n    remedies:\n    - wait\n    - ", {"wait"}),
        ("  500:\n    for:\n      ", {"add-item", "get-item", "list-items", "reading"}),
        ("  500:\n    deprecated: {use: ", {"add-item", "get-item", "list-items"}),
    ],
)
def test_what_fits_here(line: str, expected: set[str]) -> None:
    text = SHOP + line
    last = text.splitlines()[-1]
    found = candidates("shop.yaml", text, SHOP, text.count("\n") + 1, len(last) + 1)
    assert {one.name for one in found} == expected


def test_what_an_id_says() -> None:
    crowd = id_at("shop.yaml", SHOP, 28, 28)
    assert crowd is not None
    assert said_of("shop.yaml", SHOP, crowd).startswith("**crowd**, of `causes`\n\n```yaml\ncrowd: {says: ")
    unknown = id_at("shop.yaml", SHOP.replace("body: fault\n", "body: faulty\n"), 26, 11)
    assert unknown is not None
    assert said_of("shop.yaml", SHOP, unknown) == "**faulty** is not declared under `bodies`"
