"""Planted: `/list` is no endpoint of the API."""

import httpx


class Auditor:
    def __init__(self, host):
        self.client = httpx.Client(base_url=f"https://{host}:9699/netwrix/api/v1", verify=False)

    def _json(self, method, path, **kwargs):
        response = self.client.request(method, path, **kwargs)
        response.raise_for_status()
        return response.json()

    def all(self):
        return self._json("GET", "/activity_records/enum", params={"format": "json"})

    def some(self):
        # error: [unknown-operation]
        return self._json("GET", "/activity_records/list", params={"format": "json"})
