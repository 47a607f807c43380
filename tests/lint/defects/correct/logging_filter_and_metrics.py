"""Awkward: every answer is measured in a `finally`, logged in an event hook, and raised for in the end."""

import logging
import time

import httpx

log = logging.getLogger("auditor")


def note(response):
    log.info("%s %s -> %d", response.request.method, response.request.url, response.status_code)


class Metrics:
    def __init__(self):
        self.seconds = 0.0
        self.by_status = {}

    def add(self, status, seconds):
        self.seconds += seconds
        self.by_status[status] = self.by_status.get(status, 0) + 1


metrics = Metrics()
client = httpx.Client(base_url="https://auditor:9699/netwrix/api/v1", event_hooks={"response": [note]})


def write(records):
    began, status = time.monotonic(), 0
    try:
        answer = client.post("/activity_records/", json=records)
        status = answer.status_code
        answer.raise_for_status()
    finally:
        metrics.add(status, time.monotonic() - began)
    return len(records)
