"""Planted: the loop repeats a request that does not fit the schema."""

import time
from contextlib import closing

import requests

RETRY = {400, 500, 503}


class GaveUp(Exception):
    pass


def write(session, host, records, tries=4, pause=2.0):
    url = "https://" + host + ":9699/netwrix/api/v1/activity_records/"
    for attempt in range(1, tries + 1):
        # error: [retry-not-retryable: 400]
        answer = session.post(url, params={"format": "json"}, json=records)
        status = answer.status_code
        if status == requests.codes.ok:
            return attempt
        if status not in RETRY:
            raise GaveUp(f"status {status} after {attempt} attempts")
        time.sleep(pause * attempt)
    raise GaveUp(f"no success after {tries} attempts")


def main(host, user, password, batches):
    with closing(requests.Session()) as session:
        session.auth = (user, password)
        total = 0
        for batch in batches:
            total += write(session, host, batch)
    print(f"{total} requests for {len(batches)} batches")
