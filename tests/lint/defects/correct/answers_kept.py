"""Awkward: the answer is kept on the object, and another method of it looks at the status."""

import requests


class Search:
    def __init__(self, filters):
        self.filters = filters
        self.answer = None

    def run(self):
        self.answer = requests.post(
            "https://auditor:9699/netwrix/api/v1/activity_records/search", json={"FilterList": self.filters}
        )
        return self

    def records(self):
        if self.answer.status_code != 200:
            raise RuntimeError(self.answer.text)
        return self.answer.json()["ActivityRecordList"]


def removed():
    return Search({"Action": "Removed"}).run().records()
