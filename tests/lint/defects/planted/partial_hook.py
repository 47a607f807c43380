"""Planted: a hook made by functools.partial checks for server errors only."""

from functools import partial

import requests


def check(limit, response, *args, **kwargs):
    if response.status_code >= limit:
        raise RuntimeError(response.status_code)


session = requests.Session()
session.hooks["response"].append(partial(check, 500))


def write(records):
    # error: [dropped-status: 400, 401, 404, 405, 413]
    session.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    return len(records)
