"""Planted: an Enum is looked up by the status; the ValueError for the rest is taken for a success."""

import enum

import requests


class Bad(enum.IntEnum):
    INVALID = 400
    LOGIN = 401


def write(records):
    # error: [dropped-status: 404, 405, 413, 500, 503]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    try:
        bad = Bad(answer.status_code)
    except ValueError:
        return len(records)
    raise RuntimeError(bad.name)
