"""Awkward: the last status is kept in a global, and a function of the module asks it."""

import requests

_last = 0


def call(method, path, **kwargs):
    global _last
    answer = requests.request(method, f"https://auditor:9699/netwrix/api/v1{path}", **kwargs)
    _last = answer.status_code
    return answer


def failed():
    return _last not in (200, 204)


def write(records):
    call("POST", "/activity_records/", json=records)
    if failed():
        raise RuntimeError(_last)
    return len(records)
