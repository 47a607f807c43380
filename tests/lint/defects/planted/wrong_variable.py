"""Planted: the second answer is asked for, the first is checked twice."""

import requests

API = "https://auditor:9699/netwrix/api/v1/activity_records"


def two_pages(session: requests.Session):
    first = session.get(f"{API}/enum?format=json")
    first.raise_for_status()
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
    second = session.post(f"{API}/enum?format=json", json=first.json()["ContinuationMark"])
    first.raise_for_status()
    return [first.json(), second.json()]
