"""Awkward: results are values, in the manner of Rust, and the caller takes them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import requests

T = TypeVar("T")


@dataclass(frozen=True)
class Ok(Generic[T]):
    value: T


@dataclass(frozen=True)
class Err:
    status: int
    text: str


def search(session: requests.Session, base: str, filters: list[dict]) -> Ok[list] | Err:
    response = session.post(base + "/netwrix/api/v1/activity_records/search", json={"FilterList": filters})
    if response.status_code != requests.codes.ok:
        return Err(response.status_code, response.text)
    return Ok(response.json()["ActivityRecordList"])


def count(session, filters):
    match search(session, "https://auditor.example:9699", filters):
        case Ok(value):
            return len(value)
        case Err(status=500, text=text):
            raise ConnectionError(text)
        case Err(status, text):
            raise ValueError(f"{status}: {text}")
