"""Planted: a Retrying object in a for loop repeats for any result that is no success."""

import requests
import tenacity


def write(records):
    for attempt in tenacity.Retrying(stop=tenacity.stop_after_attempt(3), reraise=True):
        with attempt:
            # error: [retry-not-retryable: 400, 404, 405, 413]
            answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
            answer.raise_for_status()
