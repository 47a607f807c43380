"""Planted: 503 is tested after everything that is no success was raised."""

import requests


class Down(Exception):
    pass


def write(records):
    r = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records, timeout=3)
    if r.status_code != 200:
        raise OSError(r.status_code, r.reason)
    # error: [unreachable-branch: 503]
    if r.status_code == 503:
        raise Down(r.headers)
    return len(records)
