"""Planted: `__post_init__` of a data class checks the status, with `>` where `>=` was meant."""

from dataclasses import InitVar, dataclass

import requests


@dataclass
class Reply:
    status: InitVar[int]
    body: bytes

    def __post_init__(self, status):
        if status > 400:
            raise RuntimeError(status)


def search(query):
    # error: [dropped-status: 400]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    return Reply(answer.status_code, answer.content)
