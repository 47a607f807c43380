"""Planted: one entry of the table of endpoints does not exist in the API."""

from enum import Enum

import httpx


class Endpoint(str, Enum):
    WRITE = "activity_records/"
    SEARCH = "activity_records/search"
    LATEST = "activity_records/latest"

    def __str__(self) -> str:
        return self.value


class AuditorError(Exception):
    pass


class Auditor:
    def __init__(self, address: str, auth: tuple[str, str]) -> None:
        self._http = httpx.Client(auth=auth, params={"format": "json"}, timeout=30)
        self._address = f"https://{address}:9699/netwrix/api/v1"

    def _url(self, endpoint: Endpoint) -> str:
        return f"{self._address}/{endpoint.value}"

    def _checked(self, response: httpx.Response) -> httpx.Response:
        if response.is_error:
            raise AuditorError(f"{response.status_code} for {response.request.url}")
        return response

    def write(self, records: list[dict]) -> None:
        self._checked(self._http.post(self._url(Endpoint.WRITE), json=records))

    def search(self, **filters: str) -> list[dict]:
        response = self._http.post(self._url(Endpoint.SEARCH), json={"FilterList": filters})
        return self._checked(response).json()["ActivityRecordList"]

    def latest(self) -> list[dict]:
        response = self._http.get(self._url(Endpoint.LATEST))  # error: [unknown-operation] "/activity_records/latest"
        return self._checked(response).json()["ActivityRecordList"]
