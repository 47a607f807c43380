"""Planted: 202 Accepted is taken for the success of a write, in an enum of the project's own."""

import enum

import requests


class Code(enum.IntEnum):
    OK = 200
    ACCEPTED = 202
    UNAUTHORIZED = 401


def write(host, records):
    r = requests.post(f"https://{host}:9699/netwrix/api/v1/activity_records/", json=records, timeout=3)
    # error: [undocumented-status: 202]
    if r.status_code == Code.ACCEPTED:
        return True
    if r.status_code == Code.UNAUTHORIZED:
        raise PermissionError(host)
    raise OSError(r.status_code, r.reason)
