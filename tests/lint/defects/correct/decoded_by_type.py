"""Awkward: one function reads every answer, and decodes it only when the answer says that it is JSON."""

import requests

API = "https://auditor.corp.example:9699/netwrix/api/v1"


def parsed(answer):
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        return answer.json()
    return answer.text or None


def store(session, records):
    answer = session.post(f"{API}/activity_records/", json=records)
    answer.raise_for_status()
    return parsed(answer)
