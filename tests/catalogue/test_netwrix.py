"""codes/netwrix-auditor.yaml, cell by cell, against what the API's documentation says, written here by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from errdex.catalogue.export import export_json, export_markdown
from errdex.catalogue.load import load_catalogue, validate_strict

PATH = Path(__file__).parents[2] / "codes" / "netwrix-auditor.yaml"
CATALOGUE = load_catalogue(str(PATH))
ROWS = {(row["status"], row["operation"]): row for row in json.loads(export_json(CATALOGUE))["responses"]}

WRITE, RETRIEVE, SEARCH = "write-activity-records", "retrieve-activity-records", "search-activity-records"
READ = (RETRIEVE, SEARCH)
ALL = (WRITE, *READ)


class Expected(NamedTuple):
    status: str
    reason: str
    operations: tuple[str, ...]
    body: str | None
    causes: dict[str, list[str]]
    """With the remedies of each."""
    retryable: bool | None = None
    state: str = "documented"


RESTART = ["restart-archive-service"]
EXPECTED = [
    Expected("200", "OK", (WRITE,), "empty", {}),
    Expected("200", "OK", READ, "content", {}),
    Expected(
        "400",
        "Bad Request",
        (WRITE,),
        "error",
        {"records-do-not-fit-the-schema": ["correct-the-records"]},
        retryable=False,
    ),
    Expected(
        "400",
        "Bad Request",
        READ,
        "error",
        {
            "invalid-parameters": ["correct-the-parameters"],
            "post-data-does-not-fit-its-schema": ["correct-the-post-data"],
        },
        retryable=False,
    ),
    Expected("401", "Unauthorized", ALL, "empty", {"no-valid-credentials": ["send-valid-credentials"]}),
    Expected("404", "Not Found", ALL, "empty", {"no-such-endpoint": ["correct-the-path"]}, retryable=False),
    Expected(
        "405", "Method Not Allowed", ALL, "empty", {"method-not-allowed": ["use-an-allowed-method"]}, retryable=False
    ),
    Expected(
        "413", "Request Entity Too Large", ALL, "empty", {"posted-file-too-large": ["split-the-post"]}, retryable=False
    ),
    Expected(
        "500",
        "Internal Server Error",
        (WRITE,),
        "error",
        {
            "records-not-processed": ["find-the-written-records"],
            "licence-expired": ["renew-the-licence"],
            "internal-error": [],
        },
    ),
    Expected(
        "500",
        "Internal Server Error",
        READ,
        "error",
        {
            "licence-expired": ["renew-the-licence"],
            "archive-service-unreachable": RESTART,
            "internal-error": [],
            "database-unreachable": ["restore-the-database-connection"],
            "corrupt-json": ["send-well-formed-data"],
        },
    ),
    Expected(
        "503",
        "Service Unavailable",
        (WRITE,),
        "error",
        {"archive-service-busy": RESTART, "archive-service-unreachable": RESTART},
        retryable=True,
    ),
    Expected("503", "Service Unavailable", READ, None, {}, state="not-applicable"),
]


def test_there_is_a_row_for_each_status_and_operation() -> None:
    assert list(ROWS) == [
        (status, operation)
        for status in ("200", "400", "401", "404", "405", "413", "500", "503")
        for operation in (WRITE, RETRIEVE, SEARCH)
    ]
    assert sorted((e.status, operation) for e in EXPECTED for operation in e.operations) == sorted(ROWS)


@pytest.mark.parametrize("expected", EXPECTED, ids=[f"{e.status}-{e.operations[0]}" for e in EXPECTED])
def test_each_row_says_what_the_documentation_says(expected: Expected) -> None:
    for operation in expected.operations:
        row = ROWS[expected.status, operation]
        assert row["state"] == expected.state
        assert row["reason"] == expected.reason
        assert (row["body"] and row["body"]["kind"]) == expected.body
        assert {cause["id"]: cause["remedies"] for cause in row["causes"]} == expected.causes
        remedies = dict.fromkeys(remedy for remedies in expected.causes.values() for remedy in remedies)
        assert [remedy["id"] for remedy in row["remedies"]] == list(remedies)
        assert row["retryable"] is expected.retryable
        assert bool(row["summary"]) == (expected.state == "documented")


def test_cells_are_merged_as_in_the_documentation() -> None:
    merged = {status.code: [(cell.operations, cell.group) for cell in status.cells] for status in CATALOGUE.statuses}
    everyone = [(ALL, None)]
    apart = [((WRITE,), None), (READ, "read")]
    assert merged == {
        "200": apart,
        "400": apart,
        "401": everyone,
        "404": everyone,
        "405": apart,
        "413": everyone,
        "500": apart,
        "503": apart,
    }


def test_the_allowed_methods_follow_from_the_endpoints() -> None:
    assert {operation.id: operation.methods for operation in CATALOGUE.operations} == {
        WRITE: ("POST",),
        RETRIEVE: ("GET", "POST"),
        SEARCH: ("POST",),
    }
    endpoints = [(e.method, e.path) for operation in CATALOGUE.operations for e in operation.endpoints]
    assert endpoints == [
        ("POST", "/activity_records/"),
        ("GET", "/activity_records/enum"),
        ("POST", "/activity_records/enum"),
        ("POST", "/activity_records/search"),
    ]
    assert CATALOGUE.api.servers[0].url == "https://{host}:9699/netwrix/api/v1"


def test_the_error_list_names_an_open_set_of_problems() -> None:
    body = next(body for body in CATALOGUE.bodies if body.id == "error-list")
    assert [problem.id for problem in body.problems] == ["XMLError", "InputError", "ServerError"]
    assert body.open
    assert body.media_types == ("application/xml", "application/json")
    assert dict(body.problem)["json"] == "ErrorList.0.Category"
    assert json.loads(dict(body.example)["application/json"])["ErrorList"][0]["Category"] == "InputError"
    assert {problem.id for problem in CATALOGUE.problems} == {"XMLError", "InputError", "ServerError"}
    assert [p["id"] for p in json.loads(export_json(CATALOGUE))["problems"]] == [
        "XMLError",
        "InputError",
        "ServerError",
    ]
    assert ROWS["400", WRITE]["problems"] == ["XMLError", "InputError"]
    assert ROWS["500", SEARCH]["problems"] == ["ServerError"]


def test_nothing_is_left_open() -> None:
    assert validate_strict(CATALOGUE) == ()


def test_the_table_has_the_shape_of_the_documentations_own() -> None:
    lines = export_markdown(CATALOGUE).splitlines()
    header = lines.index("Code | Status | Write Activity Records | Retrieve, search Activity Records |")
    assert lines[header + 1] == "---|---|---|---|"
    rows = [[cell.strip() for cell in line.split(" |")[:-1]] for line in lines[header + 2 : header + 10]]
    assert [row[:2] for row in rows] == [
        ["200 OK", "Success"],
        ["400 Bad Request", "Error"],
        ["401 Unauthorized", "Error"],
        ["404 Not Found", "Error"],
        ["405 Method Not Allowed", "Error"],
        ["413 Request Entity Too Large", "Error"],
        ["500 Internal Server Error", "Error"],
        ["503 Service Unavailable", "Error"],
    ]
    assert all(len(row) == 4 for row in rows)
    assert [row[0][:3] for row in rows if row[3] == ""] == ["401", "404", "413"]
    assert [row[0][:3] for row in rows if row[3] == "—"] == ["503"]
    assert all(row[2] for row in rows)
    assert "The body is empty." in rows[4][2]
    assert rows[4][2].endswith("Allowed: POST.")
    assert rows[4][3].endswith("Retrieve Activity Records allows GET, POST; Search Activity Records allows POST.")
    assert lines[header + 11].startswith("Most failures describe themselves in the body")
