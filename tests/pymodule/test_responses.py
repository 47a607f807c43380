"""Real responses of a real server, through every library, become the errors that the catalogue documents."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
import pytest
import requests

from errdex.catalogue.class_names import is_error, module_names
from errdex.faults.server import FaultServer
from tests.pymodule import catalogues
from tests.pymodule.requesting import LIBRARIES, UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from errdex.catalogue.model import Response

NETWRIX = catalogues.netwrix()
DOCUMENTED = [response for response in NETWRIX.responses() if response.state == "documented"]
ERRORS = [response for response in DOCUMENTED if is_error(response.status)]
CLASSES = {(error.operation, error.status): error.name for error in module_names(NETWRIX).errors}
SEARCH = "search-activity-records"
URL = "/activity_records/search"


@pytest.fixture(scope="module")
def running() -> Iterator[FaultServer]:
    with FaultServer(NETWRIX) as server:
        yield server


@pytest.fixture
def server(running: FaultServer) -> FaultServer:
    running.reset()
    return running


def ids(response: Response) -> str:
    return f"{response.operation} {response.status}"


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("response", [r for r in DOCUMENTED if not is_error(r.status)], ids=ids)
def test_a_success_is_no_error(response: Response, library: str, server: FaultServer, netwrix: Any) -> None:
    endpoint = NETWRIX.operation(response.operation).endpoints[0]
    server.answer(response.operation, response.status)
    judge = functools.partial(netwrix.from_response, response.operation)
    assert LIBRARIES[library](judge, endpoint.method, server.url + endpoint.path) is None


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("response", ERRORS, ids=ids)
def test_a_documented_error_is_its_class(
    response: Response, form: str, library: str, server: FaultServer, netwrix: Any
) -> None:
    endpoint = NETWRIX.operation(response.operation).endpoints[0]
    server.answer(response.operation, response.status)
    judge = functools.partial(netwrix.from_response, response.operation)
    error: Any = LIBRARIES[library](judge, endpoint.method, f"{server.url}{endpoint.path}?format={form}")
    assert type(error).__name__ == CLASSES[response.operation, response.status]
    assert isinstance(error, netwrix.errors_of(response.operation))
    assert (error.operation, error.status) == (response.operation, int(response.status))
    assert error.headers["date"]
    assert response.body
    if response.body.kind == "empty":
        assert (error.body, error.problem) == (b"", None)
        return
    assert error.headers["content-type"] == f"application/{form}"
    assert error.body
    assert error.problem in error.problems
    assert error.problem.facts.remedies


@pytest.mark.parametrize("library", UNREAD)
def test_a_body_that_nobody_has_read_is_left_alone(library: str, server: FaultServer, netwrix: Any) -> None:
    # Whoever reads it finds the connection cut.
    server.answer(SEARCH, "500; cut=body")
    error: Any = UNREAD[library](functools.partial(netwrix.from_response, SEARCH), "POST", server.url + URL)
    assert isinstance(error, netwrix.SearchActivityRecordsInternalServerError)
    assert (error.body, error.problem, error.body_truncated) == (None, None, False)
    assert error.headers["content-type"] == "application/xml"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_type_that_lies_hides_nothing(library: str, server: FaultServer, netwrix: Any) -> None:
    server.answer(SEARCH, "400; problem=InputError; type=text/html")
    error: Any = LIBRARIES[library](functools.partial(netwrix.from_response, SEARCH), "POST", server.url + URL)
    assert error.headers["content-type"] == "text/html"
    assert error.problem == netwrix.Problem.INPUT_ERROR


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("status", "name"),
    [
        (503, "UndocumentedServiceUnavailableError"),  # documented, for another operation
        (409, "UndocumentedClientError"),
        (599, "UndocumentedServerError"),
    ],
)
def test_an_undocumented_status_falls_back_by_class(
    status: int, name: str, library: str, server: FaultServer, netwrix: Any
) -> None:
    server.answer(SEARCH, status)
    error: Any = LIBRARIES[library](functools.partial(netwrix.from_response, SEARCH), "POST", server.url + URL)
    assert (type(error).__name__, error.status, error.operation) == (name, status, SEARCH)


def raised_by_requests(url: str) -> object:
    try:
        requests.post(url, timeout=10).raise_for_status()
    except requests.HTTPError as error:
        return error.response
    return None


def raised_by_httpx(url: str) -> object:
    try:
        httpx.post(url, verify=False).raise_for_status()
    except httpx.HTTPStatusError as error:
        return error.response
    return None


def raised_by_aiohttp(url: str) -> object:
    async def ask() -> object:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            try:
                async with session.post(url):
                    return None
            except aiohttp.ClientResponseError as error:
                return error

    return asyncio.run(ask())


@pytest.mark.parametrize("library", [raised_by_requests, raised_by_httpx, raised_by_aiohttp])
def test_an_exception_of_a_library_is_or_has_a_response(
    library: Callable[[str], object], server: FaultServer, netwrix: Any
) -> None:
    server.answer(SEARCH, 500)
    error = netwrix.from_response(SEARCH, library(server.url + URL))
    assert isinstance(error, netwrix.SearchActivityRecordsInternalServerError)
    assert error.headers["content-type"] == "application/xml"


def test_raise_for_status_raises_it(server: FaultServer, netwrix: Any) -> None:
    server.answer(SEARCH, 404, 200)
    judge = functools.partial(netwrix.raise_for_status, netwrix.Operation.SEARCH_ACTIVITY_RECORDS)
    with pytest.raises(netwrix.SearchActivityRecordsNotFoundError, match="404 Not Found"):
        LIBRARIES["requests"](judge, "POST", server.url + URL)
    LIBRARIES["requests"](judge, "POST", server.url + URL)
