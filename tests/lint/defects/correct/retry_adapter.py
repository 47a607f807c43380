"""Awkward: urllib3 repeats 503 below requests, for POST as well, and raises in the end."""

import requests
import urllib3
from requests.adapters import HTTPAdapter


class RetryingSession(requests.Session):
    """503 means that the Archive Service is busy; it passes."""

    retries = urllib3.Retry(
        total=4, backoff_factor=2, status_forcelist=(503,), allowed_methods=frozenset({"GET", "POST"})
    )

    def __init__(self, auth):
        super().__init__()
        self.auth = auth
        self.mount("https://", HTTPAdapter(max_retries=self.retries))


class Auditor:
    def __init__(self, host, auth):
        self.session = RetryingSession(auth)
        self.root = f"https://{host}:9699/netwrix/api/v1/activity_records"

    def write(self, records):
        try:
            response = self.session.post(f"{self.root}/", params={"format": "json"}, json=records)
            response.raise_for_status()
        except requests.exceptions.RetryError as error:
            raise TimeoutError("the Archive Service stays busy") from error

    def search(self, filters):
        response = self.session.post(f"{self.root}/search", params={"format": "json"}, json={"FilterList": filters})
        response.raise_for_status()
        return response.json()["ActivityRecordList"]


def copy(source, target, filters):
    records = source.search(filters)
    for start in range(0, len(records), 1000):
        target.write(records[start : start + 1000])
    return len(records)
