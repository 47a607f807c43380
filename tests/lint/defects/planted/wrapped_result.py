"""Planted: the status travels in a dataclass, and its reader forgets 405 and 413."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import niquests as requests


@dataclass(slots=True)
class Result:
    status: int
    body: Any = None

    @property
    def failed(self) -> bool:
        return self.status in (400, 500)


class Connector:
    version = "v1"

    def __init__(self, hostname: str, **session_options: Any) -> None:
        self.hostname = hostname
        self.session = requests.Session()
        for name, value in session_options.items():
            setattr(self.session, name, value)

    @functools.cached_property
    def prefix(self) -> str:
        return f"https://{self.hostname}:9699/netwrix/api/{self.version}"

    def send(self, path: str, data: Any) -> Result:
        response = self.session.post(self.prefix + path, params={"format": "json"}, json=data)
        return Result(response.status_code, response.json() if response.content else None)


class Permissions:
    def __init__(self, connector: Connector) -> None:
        self.connector = connector

    def changes(self, path: str) -> list[dict[str, Any]]:
        result = self.connector.send(  # error: [dropped-status: 405, 413]
            "/activity_records/search", {"FilterList": {"What": {"StartsWith": path}, "ObjectType": "Permission"}}
        )
        if result.failed:
            raise RuntimeError(result.body["ErrorList"][0]["Description"])
        if result.status == 401 or result.status == 404:
            raise ConnectionError(f"{self.connector.hostname} answered {result.status}")
        return (result.body or {}).get("ActivityRecordList", [])
