"""Awkward: an enum computes the kind of an answer in its constructor."""

import enum

import requests


class Kind(enum.Enum):
    FINE = 2
    MOVED = 3
    OURS = 4
    THEIRS = 5

    @classmethod
    def of(cls, response):
        return cls(response.status_code // 100)


def retrieve(session, server):
    response = session.get(f"https://{server}:9699/netwrix/api/v1/activity_records/enum", params={"format": "json"})
    kind = Kind.of(response)
    if kind is Kind.FINE:
        return response.json()
    if kind is Kind.THEIRS:
        raise ConnectionError(response.status_code)
    raise ValueError(f"{kind.name}: {response.status_code}")


def main():
    with requests.Session() as session:
        return retrieve(session, "auditor")
