"""Planted: a table of lambdas has `get` with a default that returns the body."""

import requests


def fail(answer):
    raise RuntimeError(answer.status_code)


REACTIONS = {400: fail, 401: fail, 500: fail}


def search(session: requests.Session, query):
    # error: [dropped-status: 404, 405, 413]
    answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    return REACTIONS.get(answer.status_code, lambda answer: answer.json())(answer)
