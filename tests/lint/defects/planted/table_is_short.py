"""Planted: the tuple of errors misses 500."""

import requests

ERRORS = ((400, ValueError), (401, PermissionError), (404, LookupError), (405, NotImplementedError), (413, OverflowError), (503, ConnectionError))


def write(records):
    # error: [dropped-status: 500]
    response = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records, timeout=2)
    for status, kind in ERRORS:
        if response.status_code == status:
            raise kind(response.text)
    return len(records)
