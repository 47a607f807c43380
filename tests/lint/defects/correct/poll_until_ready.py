"""Awkward: waits for an export; what may pass is waited for like an export that is at work."""

import time

import requests

API = "https://api.lending.example/v2"


def export(session: requests.Session, name: str) -> bytes:
    while True:
        answer = session.get(f"{API}/exports/{name}")
        code = answer.status_code
        if 400 <= code < 500 and code != 429:
            raise LookupError(name, code)
        if code == 200:
            return answer.content
        time.sleep(int(answer.headers.get("Retry-After", 5)))
