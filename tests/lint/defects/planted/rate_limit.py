"""Planted: waits for a rate limit that this API does not have."""

import time

import requests


def search(session, body):
    while True:
        response = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search", json=body)
        # error: [undocumented-status: 429]
        if response.status_code == 429:
            time.sleep(int(response.headers.get("Retry-After", 10)))
            continue
        response.raise_for_status()
        return response.json()


def main():
    with requests.Session() as session:
        return search(session, {})
