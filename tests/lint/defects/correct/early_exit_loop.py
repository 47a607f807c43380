"""Awkward: a loop with `break` in its middle and the check behind it, with a sentinel for the exhausted case."""

import time

import requests

_NEVER = object()


def search(query):
    answer = _NEVER
    for pause in [0, 1, 4]:
        time.sleep(pause)
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
        if answer.status_code < 500:
            break
    assert answer is not _NEVER
    answer.raise_for_status()
    return answer.json()
