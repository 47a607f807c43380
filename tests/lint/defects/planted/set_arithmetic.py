"""Planted: the set of bad statuses is built by subtraction, and 500 is lost on the way."""

import requests

ALL = {400, 401, 404, 405, 413, 500}
QUIET = ALL - {500, 502}


def search(session: requests.Session, query):
    # error: [dropped-status: 500]
    answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    if answer.status_code in QUIET:
        raise ValueError(answer.status_code)
    return answer.json()
