"""Planted: `__exit__` returns True for whatever is an HTTP error."""

import logging

import requests

log = logging.getLogger(__name__)


class Quiet:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            log.debug("ignored %s", error)
        return isinstance(error, requests.RequestException)


def feed(batches):
    session = requests.Session()
    done = 0
    for batch in batches:
        with Quiet():
            # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
            r = session.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=batch)
            r.raise_for_status()
        done += len(batch)
    return done
