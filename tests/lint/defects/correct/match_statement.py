"""Awkward: match over status and body, with guards and a last case."""

from __future__ import annotations

import dataclasses
import typing

import httpx


@dataclasses.dataclass(frozen=True)
class Written:
    count: int


@dataclasses.dataclass(frozen=True)
class Refused:
    status: int
    errors: tuple[str, ...] = ()


Outcome = typing.Union[Written, Refused]


def descriptions(response: httpx.Response) -> tuple[str, ...]:
    return tuple(error["Description"] for error in response.json()["ErrorList"])


def write(client: httpx.Client, records: list[dict[str, str]]) -> Outcome:
    response = client.post("/activity_records/", params={"format": "json"}, json=records)
    match response:
        case httpx.Response(status_code=200):
            return Written(len(records))
        case httpx.Response(status_code=400 | 500 as status) if response.content:
            return Refused(status, descriptions(response))
        case httpx.Response(status_code=status):
            return Refused(status)
    raise AssertionError("unreachable")


def search(client: httpx.Client, filters: dict[str, typing.Any]) -> list[dict[str, str]]:
    match (response := client.post("/activity_records/search", json={"FilterList": filters})).status_code:
        case 200:
            return response.json()["ActivityRecordList"]
        case 401:
            raise PermissionError
        case 404 | 405:
            raise RuntimeError("no Netwrix Auditor of version 9 or later")
        case status:
            raise ConnectionError(status)


def client(host: str) -> httpx.Client:
    return httpx.Client(base_url=f"https://{host}:9699/netwrix/api/v1", auth=("CORP\\m", "secret"))
