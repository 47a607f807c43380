"""Planted: looks for a 409 that this API does not have."""

import time

import requests

URL = "https://auditor.corp.example:9699/netwrix/api/v1/activity_records/"


class ImportFailed(Exception):
    pass


def _wait(attempt: int) -> None:
    time.sleep(min(60, 2**attempt))


def import_records(records: list[dict], token: tuple[str, str], attempts: int = 5) -> None:
    for attempt in range(attempts):
        response = requests.post(URL, params={"format": "json"}, json=records, auth=token, timeout=30)
        if response.status_code == 409:  # error: [undocumented-status: 409]
            return  # they are there already
        if response.status_code == 503:
            _wait(attempt)
            continue
        if not response.ok:
            raise ImportFailed(f"{response.status_code} {response.reason}")
        return
    raise ImportFailed(f"no luck in {attempts} attempts")


def chunks(records: list[dict], size: int = 1000):
    for start in range(0, len(records), size):
        yield records[start : start + size]


def import_all(records: list[dict], token: tuple[str, str]) -> int:
    count = 0
    for chunk in chunks(records):
        import_records(chunk, token)
        count += len(chunk)
    return count
