"""Planted: what is asked when the kept copy cannot be read is never looked at."""

import json

import requests

API = "https://auditor:9699/netwrix/api/v1/activity_records"


def first_page(session: requests.Session, path):
    try:
        with open(path) as kept:
            return json.load(kept)
    except OSError:
        return session.get(f"{API}/enum?format=json").json()  # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
