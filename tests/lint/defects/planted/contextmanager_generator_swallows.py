"""Planted: a generator of contextlib swallows what comes up at its yield."""

from contextlib import contextmanager

import httpx


@contextmanager
def tolerant():
    try:
        yield
    except httpx.HTTPError:
        print("failed")


def write(client: httpx.Client, records):
    with tolerant():
        # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
        client.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records).raise_for_status()
    return True
