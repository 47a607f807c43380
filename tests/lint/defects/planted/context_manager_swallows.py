"""Planted: the context manager of the project's own returns True from `__exit__` for every error of the library."""

import requests


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return isinstance(error, requests.RequestException)


def write(records):
    with Quiet():
        # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
        requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records).raise_for_status()
    return len(records)
