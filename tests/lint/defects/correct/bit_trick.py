"""Awkward: a status is taken for an error when bits 7 and 8 of it are set, which no success has."""

import urllib3

http = urllib3.PoolManager()


def write(body: bytes) -> None:
    answer = http.request("POST", "https://auditor:9699/netwrix/api/v1/activity_records/", body=body, retries=False)
    if answer.status & 0x180 == 0x180:
        raise ValueError(answer.status)
