"""Planted: a property of the project's own answer class has forgotten 500."""

import requests


class Answer:
    def __init__(self, raw):
        self.raw = raw

    @property
    def is_error(self):
        return self.raw.status_code in (400, 401, 404, 405, 413, 501, 502, 503)

    @property
    def data(self):
        return self.raw.json()


def search(query):
    # error: [dropped-status: 500]
    answer = Answer(requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search", json=query))
    if answer.is_error:
        raise RuntimeError(answer.raw.text)
    return answer.data
