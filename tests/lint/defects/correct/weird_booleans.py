"""Awkward: `status in (200,) and ... or ...`, double negation, comparison with itself, bool as index."""

import requests


def fail(answer):
    raise RuntimeError(answer.status_code)


def write(records):
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    return (fail, lambda answer: len(records))[not not answer.ok](answer)


def search(query):
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    return answer.status_code == 200 and answer.json() or fail(answer)
