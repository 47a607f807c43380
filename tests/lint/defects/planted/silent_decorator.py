"""Planted: the decorator logs what is raised, and the caller counts on."""

import functools
import logging

import requests

log = logging.getLogger(__name__)


def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except requests.RequestException:
            log.exception("%s failed", function.__name__)

    return inner


@logged
def write(session, batch):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
    session.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=batch).raise_for_status()


def feed(batches):
    session = requests.Session()
    count = 0
    for batch in batches:
        write(session, batch)
        count += len(batch)
    print(f"{count} records written")
