"""Planted: the comment ignores a rule that has nothing to say."""

import requests


def write(records):
    # error: [unused-ignore]
    r = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)  # errdex: ignore[dropped-status: 413] split elsewhere
    if r.status_code != 200:
        raise OSError(r.status_code)
