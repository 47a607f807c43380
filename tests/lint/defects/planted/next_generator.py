"""Planted: `next` over a table of exceptions has a default of None, which is not raised."""

import requests


class Invalid(Exception):
    pass


class NoAccess(Exception):
    pass


ERRORS = [((400, 413), Invalid), ((401,), NoAccess)]


def search(session: requests.Session, query):
    # error: [dropped-status: 404, 405, 500]
    answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    error = next((error for statuses, error in ERRORS if answer.status_code in statuses), None)
    if error is not None:
        raise error(answer.text)
    return answer.json()
