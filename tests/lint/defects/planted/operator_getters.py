"""Planted: the predicate is made of operator functions, and has forgotten the client errors."""

import operator
from functools import reduce

import requests

BASE = "https://auditor.corp.example:9699/netwrix/api/v1"
status = operator.attrgetter("status_code")


def failed(code):
    return reduce(operator.or_, map(lambda bad: operator.eq(code, bad), (500, 501, 502, 503)), False)


def write(session, records):
    # error: [dropped-status: 400, 401, 404, 405, 413]
    answer = session.post(operator.add(BASE, "/activity_records/"), json=records)
    if failed(status(answer)):
        raise RuntimeError(answer.text)
    return len(records)


write(requests.Session(), [])
