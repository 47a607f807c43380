"""Awkward: a trail of answers that holds itself, and a record that knows the record which knows it."""

import requests

API = "https://auditor:9699/netwrix/api/v1/activity_records"


class Page:
    def __init__(self, before):
        self.before = before
        self.after = None
        if before is not None:
            before.after = self


def pages(session: requests.Session):
    trail = []
    trail.append(trail)
    first = Page(None)
    last = Page(first)
    response = session.get(f"{API}/enum", params={"format": "json"})
    response.raise_for_status()
    trail.append(last)
    return trail


def search(session: requests.Session):
    found = {}
    found["all"] = found
    response = session.post(f"{API}/search", params={"format": "json"}, json={})
    response.raise_for_status()
    found["page"] = Page(None)
    return found
