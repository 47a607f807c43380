"""Awkward: a fake server of the API, and a client of it, in one file of tests."""

import json
from http.server import BaseHTTPRequestHandler

import httpx

PREFIX = "/netwrix/api/v1"


class FakeAuditor(BaseHTTPRequestHandler):
    """Answers as the real one does; 418 when it is asked for something odd."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if self.path.startswith(PREFIX + "/activity_records/search"):
            self.answer(200, {"ActivityRecordList": [], "ContinuationMark": "x"})
        elif length > 1 << 20:
            self.answer(413)
        else:
            self.answer(418)

    def answer(self, status_code, body=None):
        self.send_response(status_code)
        self.end_headers()
        if status_code == 200:
            self.wfile.write(json.dumps(body).encode())


def handler(request: httpx.Request) -> httpx.Response:
    if request.url.path == PREFIX + "/activity_records/":
        return httpx.Response(409)
    return httpx.Response(200, json={"ActivityRecordList": []})


def read(client):
    response = client.post("https://auditor:9699/netwrix/api/v1/activity_records/search", json={"FilterList": {}})
    response.raise_for_status()
    return response.json()


def test_empty():
    client = httpx.Client(transport=httpx.MockTransport(handler))
    assert read(client) == {"ActivityRecordList": []}
