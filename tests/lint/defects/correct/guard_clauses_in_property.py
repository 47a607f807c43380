"""Awkward: a lazy property sends the request, and a cached one reads the answer."""

from functools import cached_property

import requests


class Report:
    def __init__(self, host, filters):
        self.host, self.filters = host, filters

    @cached_property
    def _answer(self):
        return requests.post(
            f"https://{self.host}:9699/netwrix/api/v1/activity_records/search?format=json",
            json={"FilterList": self.filters},
            timeout=90,
        )

    @property
    def fine(self):
        return self._answer.status_code == 200

    @cached_property
    def records(self):
        if not self.fine:
            raise RuntimeError(f"{self._answer.status_code} {self._answer.reason}")
        return self._answer.json()["ActivityRecordList"]

    def __iter__(self):
        return iter(self.records)


def total(host):
    return sum(1 for _ in Report(host, []))
