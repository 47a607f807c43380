"""Planted: only 400 and 401 are looked at; every other error goes on as if records had come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx


class SearchError(RuntimeError):
    """The search could not be run."""


@dataclass(frozen=True)
class Filter:
    who: str | None = None
    action: str | None = None
    since: str = "LastSevenDays"

    def to_json(self) -> dict[str, Any]:
        filters: dict[str, Any] = {"When": {self.since: ""}}
        if self.who:
            filters["Who"] = {"Equals": self.who}
        if self.action:
            filters["Action"] = self.action
        return {"FilterList": filters}


@dataclass
class SearchService:
    host: str
    auth: httpx.Auth
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            base_url=f"https://{self.host}:9699/netwrix/api/v1",
            auth=self.auth,
            params={"format": "json"},
            timeout=httpx.Timeout(10.0, read=120.0),
        )

    def search(self, query: Filter) -> Iterator[dict[str, Any]]:
        body = query.to_json()
        while True:
            # error: [dropped-status: 404, 405, 413, 500]
            response = self._client.post("/activity_records/search", json=body)
            if response.status_code == httpx.codes.UNAUTHORIZED:
                raise PermissionError(self.host)
            if response.status_code == httpx.codes.BAD_REQUEST:
                raise SearchError(response.json()["ErrorList"][0]["Description"])
            page = response.json()
            if not page["ActivityRecordList"]:
                return
            yield from page["ActivityRecordList"]
            body["ContinuationMark"] = page["ContinuationMark"]
