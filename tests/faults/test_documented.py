"""Every documented answer of a real API, through every library, arrives as it is documented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.faults.answers import by_operation
from tests.faults.fetching import LIBRARIES

if TYPE_CHECKING:
    from errdex.catalogue.model import Response
    from errdex.faults.server import FaultServer

NETWRIX = load_catalogue(str(Path(__file__).parent.parent.parent / "codes/netwrix-auditor.yaml"))
DOCUMENTED = [response for responses in by_operation(NETWRIX).values() for response in responses.values()]
NAMESPACE = "{http://schemas.netwrix.com/api/v1/}"


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("response", DOCUMENTED, ids=lambda response: f"{response.operation} {response.status}")
def test_an_answer_arrives_as_documented(response: Response, form: str, library: str, server: FaultServer) -> None:
    endpoint = NETWRIX.operation(response.operation).endpoints[0]
    server.answer(response.operation, response.status)
    got = LIBRARIES[library](endpoint.method, f"{server.url}{endpoint.path}?format={form}")
    assert got.status == int(response.status)
    assert response.body
    if response.body.kind == "empty":
        assert (got.body, got.headers["content-length"]) == (b"", "0")
        assert "content-type" not in got.headers
        return
    assert got.headers["content-type"] == f"application/{form}"
    if response.body.kind == "error":
        assert problem_in(got.body, form) in {problem.id for problem in response.problems}
    (exchange,) = server.requests
    assert (exchange.operation, exchange.method, exchange.status) == (response.operation, endpoint.method, got.status)


def problem_in(body: bytes, form: str) -> str | None:
    if form == "json":
        found: str = json.loads(body)["ErrorList"][0]["Category"]
        return found
    root = ET.fromstring(body)
    assert root.tag == f"{NAMESPACE}ErrorList"
    return root.findtext(f"{NAMESPACE}Error/{NAMESPACE}Category")


def test_every_endpoint_of_an_operation_answers(server: FaultServer) -> None:
    for operation in NETWRIX.operations:
        for endpoint in operation.endpoints:
            server.reset()
            got = LIBRARIES["requests"](endpoint.method, server.url + endpoint.path)
            assert (got.status, server.requests[0].operation) == (200, operation.id)
