"""Planted: an export that is gone is asked for sixty times, like one that is at work."""

import time

import requests


def export(session: requests.Session, name: str) -> bytes:
    for _ in range(60):
        # error: [retry-not-retryable: 401, 404, 410]
        answer = session.get(f"https://api.lending.example/v2/exports/{name}")
        if answer.status_code == 200:
            return answer.content
        time.sleep(int(answer.headers.get("Retry-After", "5")))
    raise TimeoutError(name)
