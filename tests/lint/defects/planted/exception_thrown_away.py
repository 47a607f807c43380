"""Planted: the exception is made, and nobody raises it."""

import os

import httpx

BASE = os.environ.get("NETWRIX_API", "https://auditor.local:9699/netwrix/api/v1")


class Denied(Exception):
    pass


def newest(client: httpx.Client, count: int = 100):
    # error: [dropped-status: 400, 404, 405, 413, 500]
    answer = client.get(f"{BASE}/activity_records/enum", params={"format": "json", "count": count})
    if answer.status_code == 401:
        raise Denied("the account is no reviewer")
    if answer.status_code == 200:
        return answer.json()["ActivityRecordList"]
    RuntimeError(f"unexpected status {answer.status_code}")
