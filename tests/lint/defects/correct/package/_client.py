"""The client; it returns data and raises `AuditorError`."""

from __future__ import annotations

import typing

import requests

from . import _errors
from ._paths import ENUM, SEARCH, WRITE, absolute


class Client:
    def __init__(self, host: str, auth: typing.Any = None, *, session: requests.Session | None = None) -> None:
        self.host = host
        self.session = session if session is not None else requests.Session()
        if auth:
            self.session.auth = auth

    def _call(self, path: str, payload: typing.Any = None, method: str = "POST") -> requests.Response:
        response = self.session.request(
            method=method, url=absolute(self.host, path), params={"format": "json"}, json=payload
        )
        if not (200 <= response.status_code < 300):
            raise _errors.error_for(response.status_code, response.text)
        return response

    def write(self, records: typing.Iterable[dict[str, str]]) -> None:
        self._call(WRITE, list(records))

    def search(self, **filters: typing.Any) -> list[dict[str, str]]:
        return self._call(SEARCH, {"FilterList": filters}).json()["ActivityRecordList"]

    def __iter__(self) -> typing.Iterator[dict[str, str]]:
        page = self._call(ENUM, method="GET").json()
        while page["ActivityRecordList"]:
            yield from page["ActivityRecordList"]
            page = self._call(ENUM, page["ContinuationMark"]).json()
