"""Type checkers understand the module: it is clean, and they count the errors that a match forgets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from errdex.pymodule import render
from errdex.pymodule.render import render_module
from errdex.records import NamedTuple
from tests.pymodule import catalogues
from tests.pymodule.importing import write

if TYPE_CHECKING:
    from pathlib import Path

EVERY_LIBRARY = """
import http.client
import urllib.error

import aiohttp
import httpx
import httpx2
import requests
import urllib3

from netwrix_auditor_errors import Operation, raise_for_status

Response = (
    requests.Response
    | httpx.Response
    | httpx2.Response
    | aiohttp.ClientResponse
    | urllib3.BaseHTTPResponse
    | http.client.HTTPResponse
    | urllib.error.HTTPError
)


def f(response: Response, body: bytes) -> None:
    raise_for_status(Operation.SEARCH_ACTIVITY_RECORDS, response)
    raise_for_status("search-activity-records", response, body=body)
"""

MATCH = """
from typing import assert_never

from netwrix_auditor_errors import (
    Operation,
    Response,
    SearchActivityRecordsBadRequestError,
    SearchActivityRecordsInternalServerError,
    SearchActivityRecordsMethodNotAllowedError,
    SearchActivityRecordsNotFoundError,
    SearchActivityRecordsRequestEntityTooLargeError,
    SearchActivityRecordsUnauthorizedError,
    UndocumentedError,
    errors_of,
    from_response,
    raise_for_status,
)


def caught(response: Response) -> str:
    try:
        raise_for_status(Operation.SEARCH_ACTIVITY_RECORDS, response)
    except errors_of(Operation.SEARCH_ACTIVITY_RECORDS) as error:
        match error:
            case SearchActivityRecordsBadRequestError():
                return str(error.problem)
            case SearchActivityRecordsUnauthorizedError() | SearchActivityRecordsNotFoundError():
                return error.summary
            case SearchActivityRecordsMethodNotAllowedError():
                return "405"
            case SearchActivityRecordsRequestEntityTooLargeError():
                return "413"
            case SearchActivityRecordsInternalServerError():  # caught: 500
                return str(error.retry_after)
            case _:
                assert_never(error)
    return ""


def returned(response: Response) -> int:
    error = from_response(Operation.SEARCH_ACTIVITY_RECORDS, response)
    match error:
        case None:
            return 200
        case UndocumentedError():
            return error.status
        case SearchActivityRecordsBadRequestError() | SearchActivityRecordsUnauthorizedError():
            return error.status
        case SearchActivityRecordsNotFoundError() | SearchActivityRecordsMethodNotAllowedError():
            return error.status
        case SearchActivityRecordsRequestEntityTooLargeError():  # returned: 413
            return error.status
        case SearchActivityRecordsInternalServerError():
            return error.status
        case _:
            assert_never(error)
"""

ATTRIBUTES = """
from typing import Literal, assert_type

from odd_errors import (
    BuyConflictError,
    Cause,
    ConflictError,
    OddError,
    Operation,
    Problem,
    Response,
    Status,
    UndocumentedError,
    from_response,
)


def f(error: BuyConflictError, any_error: OddError, response: Response, name: str) -> None:
    assert_type(error.status, Literal[409])
    assert_type(any_error.status, int)
    assert_type(any_error.retryable, bool | None)
    assert_type(any_error.causes, tuple[Cause, ...])
    assert_type(any_error.problem, Problem | None)
    assert_type(any_error.body, bytes | None)
    assert_type(any_error.headers, dict[str, str])
    assert_type(any_error.retry_after, float | None)
    assert_type(any_error.request_id, str | None)
    assert_type(from_response(name, response), OddError | None)
    assert_type(from_response(Operation.LEAVE, response), UndocumentedError | None)
    print(error.operation == Operation.BUY, error.problem == Problem.QUOTA, any_error.status == Status.CONFLICT)
    caught: ConflictError = error
    print(caught)
"""


class Fault(NamedTuple):
    """Something that a checker says."""

    checker: str
    file: str
    line: int
    message: str


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """Return what mypy and pyright, at their strictest, say of modules and of clients; each runs once."""
    folder = tmp_path_factory.mktemp("types")
    for make in (catalogues.netwrix, catalogues.odd, catalogues.large):
        write(render_module(make()), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "ONE_FILE", 0)
        write({name.replace("odd_", "lazy_"): text for name, text in render_module(catalogues.odd()).items()}, folder)
    clients = {
        "every_library": EVERY_LIBRARY,
        "match_all": MATCH,
        "attributes": ATTRIBUTES,
        "lazy_attributes": ATTRIBUTES.replace("odd_errors", "lazy_errors"),
        "forgets_500": re.sub(r".*# caught.*\n.*\n", "", MATCH),
        "forgets_413": re.sub(r".*# returned.*\n.*\n", "", MATCH),
    }
    write({f"clients/{name}.py": text for name, text in clients.items()}, folder)
    return [*mypy(folder), *pyright(folder)]


def mypy(folder: Path) -> list[Fault]:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir=cache",
        "--output=json",
        ".",
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    said = [json.loads(line) for line in run.stdout.splitlines()]
    return [Fault("mypy", fault["file"], fault["line"], fault["message"]) for fault in said]


def pyright(folder: Path) -> list[Fault]:
    environments = [
        {"root": "clients", "pythonVersion": "3.12", "extraPaths": ["."]},
        {"root": ".", "pythonVersion": "3.9"},
    ]
    settings = {"strict": ["."], "executionEnvironments": environments}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", "."]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = json.loads(run.stdout)
    assert said["summary"]["filesAnalyzed"] > 20
    return [
        Fault(
            "pyright",
            fault["file"].removeprefix(f"{folder}/"),
            fault["range"]["start"]["line"] + 1,
            fault["message"],
        )
        for fault in said["generalDiagnostics"]
    ]


def test_modules_and_clients_are_clean(faults: list[Fault]) -> None:
    assert [fault for fault in faults if "forgets" not in fault.file] == []


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("forgets_500", "SearchActivityRecordsInternalServerError"),
        ("forgets_413", "SearchActivityRecordsRequestEntityTooLargeError"),
    ],
)
def test_a_match_that_forgets_an_error_is_told_once(client: str, name: str, checker: str, faults: list[Fault]) -> None:
    told = [fault for fault in faults if (fault.checker, fault.file) == (checker, f"clients/{client}.py")]
    assert len(told) == 1
    assert f'"{name}"' in told[0].message
