"""Awkward: attempts of tenacity as context managers, for results and exceptions that may pass."""

import requests
import tenacity


class Busy(Exception):
    pass


def write(records):
    for attempt in tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(Busy), stop=tenacity.stop_after_attempt(3), reraise=True
    ):
        with attempt:
            answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
            if answer.status_code == 503:
                raise Busy
            answer.raise_for_status()


@tenacity.retry(retry=tenacity.retry_if_result(lambda answer: answer.status_code == 503), stop=tenacity.stop_never)
def send(records):
    return requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)


def ship(batches):
    for batch in batches:
        send(batch).raise_for_status()
