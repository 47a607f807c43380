"""Awkward: a library function hands the response to callers that are not here."""

from __future__ import annotations

import typing

import requests

__all__ = ["AuditorSession", "search", "write"]


class AuditorSession(requests.Session):
    """A session whose URLs are relative to the API."""

    def __init__(self, host: str, port: int = 9699) -> None:
        super().__init__()
        self.api = f"https://{host}:{port}/netwrix/api/v1"

    def request(self, method: str, url: str, *args: typing.Any, **kwargs: typing.Any) -> requests.Response:
        kwargs.setdefault("timeout", 30)
        return super().request(method, self.api + url, *args, **kwargs)


def search(session: AuditorSession, filters: dict[str, typing.Any]) -> requests.Response:
    """Send a search. It is for the caller to look at the status."""
    return session.post("/activity_records/search", params={"format": "json"}, json={"FilterList": filters})


def write(session: AuditorSession, records: list[dict[str, str]]) -> tuple[int, str]:
    """Write records; return the status and what the server said."""
    response = session.post("/activity_records/", params={"format": "json"}, json=records)
    return response.status_code, response.text


def enumerate_raw(session: AuditorSession) -> typing.Iterator[requests.Response]:
    """Yield the answer with each page as it comes."""
    response = session.get("/activity_records/enum", params={"format": "json"})
    yield response
    while response.ok and response.json()["ActivityRecordList"]:
        mark = response.json()["ContinuationMark"]
        response = session.post("/activity_records/enum", params={"format": "json"}, json=mark)
        yield response
