"""Awkward: comparisons are added up, and the sum is looked at."""

import requests


def write(records):
    code = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records).status_code
    badness = (code >= 400) + (code >= 500)
    if badness == 2:
        raise ConnectionError(code)
    if badness:
        raise ValueError(code)
    return len(records)
