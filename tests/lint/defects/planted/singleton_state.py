"""Planted: a singleton keeps the last status; the check asks for the state before the request."""

import requests


class Api:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.last = 200
        return cls._instance

    def write(self, records):
        if self.last >= 400:
            raise RuntimeError(self.last)
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
        requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        return True


Api().write([])
