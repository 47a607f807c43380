"""What a test can ask of the server, and what a client that asks for nothing gets."""

from __future__ import annotations

import json
import ssl
from typing import TYPE_CHECKING

import pytest
import requests
import trustme

from errdex.catalogue.load import load_catalogue
from errdex.errors import ErrdexError, UsageError
from errdex.faults.answers import Answer
from errdex.faults.plan import Asked, parse_all
from errdex.faults.server import FaultServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue

WRITE, RETRIEVE = "write-activity-records", "retrieve-activity-records"


def get(url: str, **options: object) -> requests.Response:
    return requests.get(url, timeout=10, **options)  # type: ignore[arg-type]


def statuses(url: str, times: int, **options: object) -> list[int]:
    return [get(url, **options).status_code for _ in range(times)]


def test_nothing_asked_is_a_success(server: FaultServer) -> None:
    response = get(f"{server.url}/activity_records/enum")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")


def test_a_path_is_the_same_without_its_slash(server: FaultServer) -> None:
    server.answer(WRITE, 503)
    assert requests.post(f"{server.url}/activity_records", timeout=10).status_code == 503
    assert server.requests[0].operation == WRITE


def test_an_unknown_path_gets_the_documented_404(server: FaultServer) -> None:
    response = get(f"{server.url}/mynewendpoint/")
    assert (response.status_code, response.content) == (404, b"")


def test_a_path_outside_the_api_gets_the_documented_404(server: FaultServer) -> None:
    assert get(f"{server.origin}/activity_records/enum").status_code == 404


def test_a_wrong_method_gets_the_documented_405(server: FaultServer) -> None:
    response = requests.delete(f"{server.url}/activity_records/enum", timeout=10)
    assert (response.status_code, response.headers["Allow"], response.content) == (405, "GET, POST", b"")


def test_the_client_chooses_the_form_by_its_accept_header(server: FaultServer) -> None:
    server.answer(RETRIEVE, 500)
    url = f"{server.url}/activity_records/enum"
    assert get(url, headers={"Accept": "application/json"}).json()["ErrorList"][0]["Category"] == "ServerError"
    assert get(url, headers={"Accept": "text/html, */*"}).headers["Content-Type"] == "application/xml"


def test_a_sequence_ends_in_its_last_answer(server: FaultServer) -> None:
    server.answer(RETRIEVE, 500, "500", 200)
    assert statuses(f"{server.url}/activity_records/enum", 4) == [500, 500, 200, 200]


def test_a_request_asks_for_its_own_answer(server: FaultServer) -> None:
    server.answer(RETRIEVE, 400)
    url = f"{server.url}/activity_records/enum"
    assert get(url, headers={"Errdex-Answer": "500"}).status_code == 500
    assert get(url, headers={"Prefer": "code=401"}).status_code == 401
    assert get(f"{url}?errdex-answer=413").status_code == 413
    assert get(url).status_code == 400


def test_a_request_asks_for_a_sequence(server: FaultServer) -> None:
    url = f"{server.url}/activity_records/enum"
    assert statuses(url, 3, headers={"Errdex-Answer": "500; problem=SomethingNew, 200"}) == [500, 200, 200]


def test_a_wish_that_cannot_be_read_is_no_answer_of_the_api(server: FaultServer) -> None:
    response = get(f"{server.url}/activity_records/enum", headers={"Errdex-Answer": "often"})
    assert response.status_code == 421
    assert response.text == "errdex: answer status 'often' is no status, range or default\n"


def test_a_problem_is_named(server: FaultServer) -> None:
    server.answer(RETRIEVE, "400; problem=XMLError")
    url = f"{server.url}/activity_records/enum"
    assert get(url, params={"format": "json"}).json()["ErrorList"][0]["Category"] == "XMLError"
    assert "<Category>XMLError</Category>" in get(url).text


def test_an_undocumented_status_is_answered_too(server: FaultServer) -> None:
    server.answer(RETRIEVE, 599)
    assert get(f"{server.url}/activity_records/enum").status_code == 599


def test_pages_of_records_end_in_an_empty_one(server: FaultServer) -> None:
    def page(records: list[str], mark: str) -> Asked:
        return Asked("200", body=json.dumps({"ActivityRecordList": records, "ContinuationMark": mark}).encode())

    server.answer(RETRIEVE, page(["a", "b"], "m1"), page(["c"], "m2"), page([], "m3"))
    url = f"{server.url}/activity_records/enum?format=json"
    records, answer = [], get(url).json()
    while answer["ActivityRecordList"]:
        records += answer["ActivityRecordList"]
        answer = requests.post(url, json=answer["ContinuationMark"], timeout=10).json()
    assert records == ["a", "b", "c"]
    assert [exchange.body for exchange in server.requests] == [b"", b'"m1"', b'"m2"']


def test_a_documented_error_without_its_body(server: FaultServer) -> None:
    server.answer(RETRIEVE, Asked("500", body=b""))
    response = get(f"{server.url}/activity_records/enum?format=json")
    assert (response.status_code, response.content) == (500, b"")
    assert "Content-Type" not in response.headers


def test_a_body_that_lies_about_its_type(server: FaultServer) -> None:
    server.answer(RETRIEVE, "400; type=application/json")
    response = get(f"{server.url}/activity_records/enum")
    assert response.headers["Content-Type"] == "application/json"
    with pytest.raises(requests.exceptions.JSONDecodeError):
        response.json()


def test_a_header_of_ones_own(server: FaultServer) -> None:
    server.answer(WRITE, Asked("503", headers=(("Retry-After", "120"),)))
    assert requests.post(f"{server.url}/activity_records/", timeout=10).headers["Retry-After"] == "120"


def test_an_answer_made_by_hand(server: FaultServer) -> None:
    server.answer(WRITE, Answer(402, "Pay", (("Content-Type", "text/plain"),), b"first"))
    response = requests.post(f"{server.url}/activity_records/", timeout=10)
    assert (response.status_code, response.reason, response.text) == (402, "Pay", "first")


def test_a_delay_lasts_longer_than_an_impatient_client(server: FaultServer) -> None:
    server.answer(RETRIEVE, "200; delay=30")
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{server.url}/activity_records/enum", timeout=(10, 0.2))


@pytest.mark.parametrize(
    ("cut", "error"),
    [
        ("before", requests.ConnectionError),
        ("headers", requests.exceptions.ChunkedEncodingError),
        ("body", requests.exceptions.ChunkedEncodingError),
    ],
)
def test_a_connection_is_cut(cut: str, error: type[Exception], server: FaultServer) -> None:
    server.answer(RETRIEVE, f"400; cut={cut}", 200)
    with pytest.raises(error):
        get(f"{server.url}/activity_records/enum")
    assert server.requests[0].status == (0 if cut == "before" else 400)
    assert get(f"{server.url}/activity_records/enum").status_code == 200


def test_the_control_endpoints(server: FaultServer) -> None:
    control = f"{server.origin}/_errdex"
    url = f"{server.url}/activity_records/enum"
    assert WRITE in get(f"{control}/operations").json()
    script = {"operation": RETRIEVE, "answers": [500, "401", {"status": 400, "type": "text/html", "body": "<p>"}]}
    assert requests.put(f"{control}/answers", json=script, timeout=10).status_code == 200
    assert statuses(url, 2) == [500, 401]
    assert get(url).text == "<p>"
    seen = get(f"{control}/requests").json()
    assert [(one["operation"], one["status"]) for one in seen] == [(RETRIEVE, 500), (RETRIEVE, 401), (RETRIEVE, 400)]
    assert requests.delete(f"{control}/answers", timeout=10).status_code == 200
    assert get(url).status_code == 200


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("{", "the body is not JSON"),
        ("[" * 100_000, "the body is not JSON"),
        ("[]", "the body is not an object with an operation and a list of answers"),
        ('{"operation": "x", "answers": [200]}', "catalogue netwrix-auditor has no operation 'x'"),
        (f'{{"operation": "{WRITE}", "answers": []}}', f"no answer given for {WRITE}"),
        (f'{{"operation": "{WRITE}", "answers": [{{"state": 1}}]}}', "answer has no option 'state'; it has"),
        (f'{{"operation": "{WRITE}", "answers": [99]}}', "answer status '99' is no status, range or default"),
        (f'{{"operation": "{WRITE}", "answers": ["200; cut=now"]}}', "answer cut 'now' is not before, headers or body"),
        (f'{{"operation": "{WRITE}", "answers": ["200; delay=x"]}}', "answer delay 'x' is no number of seconds"),
        (f'{{"operation": "{WRITE}", "answers": ["200; delay"]}}', "answer option 'delay' has no value"),
        (f'{{"operation": "{WRITE}", "answers": [{{"status": 1, "body": 1}}]}}', "answer status '1' is no status"),
        (f'{{"operation": "{WRITE}", "answers": [{{"status": 200, "body": 1}}]}}', "answer body is no text"),
        (f'{{"operation": "{WRITE}", "answers": [{{"status": 200, "headers": 1}}]}}', "answer headers are no object"),
    ],
)
def test_a_control_request_that_is_wrong_is_told_why(sent: str, says: str, server: FaultServer) -> None:
    response = requests.put(f"{server.origin}/_errdex/answers", data=sent, timeout=10)
    assert response.status_code == 400
    assert response.json()["error"].startswith(says)


def test_an_unknown_control_endpoint_lists_the_known(server: FaultServer) -> None:
    response = get(f"{server.origin}/_errdex/help")
    assert response.status_code == 404
    assert "PUT /_errdex/answers" in response.json()["error"]


def test_a_status_that_no_response_has_cannot_be_a_range(server: FaultServer) -> None:
    server.answer(RETRIEVE, "4XX")
    assert get(f"{server.url}/activity_records/enum").status_code == 421


def test_an_operation_that_is_not_there(server: FaultServer) -> None:
    with pytest.raises(UsageError, match="has no operation 'write'"):
        server.answer("write", 503)


def test_commas_in_a_body_are_no_new_answers() -> None:
    assert parse_all('503; body={"a": 1, "b": 2}, 200') == [
        Asked("503", body=b'{"a": 1, "b": 2}'),
        Asked("200"),
    ]


def test_a_port_that_is_taken(server: FaultServer, netwrix: Catalogue) -> None:
    with pytest.raises(ErrdexError, match=f"port {server.port} of 127.0.0.1 cannot be served"):
        FaultServer(netwrix, port=server.port).__enter__()


def test_it_speaks_tls(netwrix: Catalogue) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with FaultServer(netwrix, tls=context) as server, authority.cert_pem.tempfile() as certificate:
        assert server.url.startswith("https://127.0.0.1:")
        assert get(f"{server.url}/activity_records/enum", verify=certificate).status_code == 200


CATALOGUE = """
catalogue: 1
api: {id: notes, title: Notes, servers: ["https://notes.example/{version}"]}
bodies:
  note: {kind: content, media_types: [text/html], example: {text/html: <p>}}
operations:
  read: {title: Read, endpoints: ["GET /notes/{id}"]}
  read-as: {title: Read in a form, endpoints: ["GET /notes/{id}.{form}"]}
  read-file: {title: Read a file, endpoints: ["GET /notes/{id}/files/{+path}"]}
  newest: {title: Read the newest, endpoints: [GET /notes/newest]}
responses:
  200:
    body: note
    headers:
      Content-Length: {type: integer, example: "279"}
      Content-Type: {example: text/plain}
      X-Left: {type: integer, example: "5"}
  301: {summary: Moved.}
  4XX: {summary: No.}
  404: {summary: Gone.}
"""


@pytest.fixture(scope="module")
def notes() -> Iterator[FaultServer]:
    with FaultServer(load_catalogue("notes.yaml", CATALOGUE)) as server:
        yield server


def test_headers_are_those_of_the_body_that_is_sent(notes: FaultServer) -> None:
    response = get(f"{notes.url}/notes/1")
    names = ("Content-Length", "Content-Type", "X-Left")
    assert [response.headers[name] for name in names] == ["3", "text/html", "5"]


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("/notes/1", "read"),
        ("/notes/1.html", "read-as"),
        ("/notes/newest", "newest"),
        ("/notes/1/files/a/b.txt", "read-file"),
        ("/notes/1/files", None),
    ],
)
def test_the_template_that_says_most_takes_a_path(path: str, operation: str | None, notes: FaultServer) -> None:
    notes.reset()
    get(notes.url + path)
    assert notes.requests[0].operation == operation


def test_a_redirect_leads_to_a_success(notes: FaultServer) -> None:
    response = get(f"{notes.url}/notes/1", headers={"Errdex-Answer": "301"})
    assert ([one.status_code for one in response.history], response.status_code) == ([301], 200)
    assert response.text == "<p>"


def test_a_range_is_answered_with_a_status_that_nothing_else_documents(notes: FaultServer) -> None:
    assert get(f"{notes.url}/notes/1", headers={"Errdex-Answer": "4XX"}).status_code == 400


def test_a_version_in_the_base_path_may_be_any(notes: FaultServer) -> None:
    assert notes.url == f"{notes.origin}/version"
    assert get(f"{notes.origin}/v7/notes/newest").status_code == 200
