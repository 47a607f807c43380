"""Planted: the property of the project's own answer calls 4xx a success."""

from typing import NamedTuple

import requests


class Answer(NamedTuple):
    status: int
    text: str

    @property
    def worked(self):
        return self.status < 500


def send(path, payload):
    r = requests.post(f"https://auditor:9699/netwrix/api/v1/{path}", json=payload, timeout=20)
    return Answer(r.status_code, r.text)


def write(records):
    # error: [dropped-status: 400, 401, 404, 405, 413]
    answer = send("activity_records/", records)
    if not answer.worked:
        raise ConnectionError(answer.text)
    return len(records)
