"""Planted: the result is a NamedTuple that carries the status, and the caller asks it for the wrong number."""

from typing import NamedTuple

import requests


class Result(NamedTuple):
    status: int
    data: bytes

    @property
    def failed(self):
        return self.status > 500


def fetch(path) -> Result:
    answer = requests.get("https://auditor:9699/netwrix/api/v1" + path)
    return Result(answer.status_code, answer.content)


def newest():
    result = fetch("/activity_records/enum")  # error: [dropped-status: 400, 401, 404, 405, 413, 500]
    if result.failed:
        raise RuntimeError(result.status)
    return result.data
