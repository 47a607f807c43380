"""Planted: waits for an export, and waits on for one that is gone."""

import time

import requests

API = "https://api.lending.example/v2"


def export(session: requests.Session, name: str) -> bytes:
    while True:
        # error: [retry-not-retryable: 404, 410]
        answer = session.get(f"{API}/exports/{name}")
        if answer.status_code in (401,):
            raise PermissionError(name)
        if answer.status_code == 200:
            return answer.content
        time.sleep(int(answer.headers.get("Retry-After", 5)))
