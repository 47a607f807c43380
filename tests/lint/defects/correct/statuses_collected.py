"""Awkward: statuses are collected first and looked at in the end, in a method of their own."""

import requests


class Batch:
    def __init__(self):
        self.statuses = []

    def send(self, records):
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        self.statuses.append(answer.status_code)

    def check(self):
        bad = [status for status in self.statuses if status != 200]
        if bad:
            raise RuntimeError(f"{len(bad)} of {len(self.statuses)} failed: {sorted(set(bad))}")


def ship(batches):
    batch = Batch()
    for records in batches:
        batch.send(records)
    batch.check()
