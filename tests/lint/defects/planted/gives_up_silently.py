"""Planted: after the fifth 503 the records are lost, and nobody is told."""

import time

import requests


def write(records) -> None:
    for attempt in range(5):
        # error: [dropped-status: 503]
        response = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        if response.status_code == 503:
            time.sleep(2**attempt)
            continue
        response.raise_for_status()
        return
