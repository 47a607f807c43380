"""Awkward: closures count failures; the third in a row is raised, earlier ones come back as False."""

import requests


def make_writer(limit=3):
    failures = 0

    def write(records):
        nonlocal failures
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        if answer.status_code == 200:
            failures = 0
            return True
        failures += 1
        if failures >= limit:
            raise RuntimeError(answer.status_code)
        return False

    return write


def main(batches):
    write = make_writer()
    pending = [batch for batch in batches if not write(batch)]
    return pending
