"""Awkward: the loop ends by the clock, and the exception says itself whether another try makes sense."""

import time

import requests


class AuditorFault(Exception):
    def __init__(self, response):
        self.response = response
        super().__init__(response.status_code)

    @property
    def passes(self):
        return self.response.status_code in (500, 503)


def _once(session, url, body):
    response = session.post(url, json=body, timeout=10)
    if response.status_code >= 300:
        raise AuditorFault(response)
    return response.json()["ActivityRecordList"]


def search(session, host, filters, seconds=120):
    url = f"https://{host}:9699/netwrix/api/v1/activity_records/search?format=json"
    deadline = time.monotonic() + seconds
    while True:
        try:
            return _once(session, url, {"FilterList": filters})
        except AuditorFault as fault:
            if not fault.passes or time.monotonic() > deadline:
                raise
            time.sleep(5)
