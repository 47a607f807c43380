"""Planted: the function calls itself until it works, and a path that does not exist never does."""

import time

import requests


def search(query, tries=5):
    # error: [retry-not-retryable: 400, 404, 405, 413]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    if not answer.ok and tries:
        time.sleep(2)
        return search(query, tries - 1)
    answer.raise_for_status()
    return answer.json()
