"""Planted: the hook of the template method that a subclass overrides forgets the server errors."""

import requests


class Call:
    path = ""

    def execute(self, body):
        # error: [dropped-status: 500]
        answer = requests.post("https://auditor:9699/netwrix/api/v1" + self.path, json=body)
        self.verify(answer)
        return answer.json()

    def verify(self, answer):
        answer.raise_for_status()


class Search(Call):
    path = "/activity_records/search"

    def verify(self, answer):
        if 400 <= answer.status_code < 500:
            raise ValueError(answer.text)


def removed():
    return Search().execute({"FilterList": {"Action": "Removed"}})
