"""Awkward: every comparison is a function of `operator`, every constant an attribute of http.HTTPStatus."""

import operator as op
from functools import reduce
from http import HTTPStatus

import requests

ROOT = "https://auditor.corp.example:9699/netwrix/api/v1"
code_of = op.attrgetter("status_code")
GOOD = (HTTPStatus.OK, HTTPStatus.CREATED)


def good(code):
    return reduce(op.or_, (op.eq(code, one) for one in GOOD), False)


def write(records):
    answer = requests.post(op.concat(ROOT, "/activity_records/"), json=records, timeout=60)
    if op.not_(good(code_of(answer))):
        raise RuntimeError(answer.text)
    return len(records)


write([])
