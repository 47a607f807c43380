"""Planted: `return` in `finally` takes every exception away."""

import requests


class Uploader:
    def __init__(self, base="https://auditor:9699/netwrix/api/v1"):
        self.base = base
        self.sent = 0

    def upload(self, records):
        # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
        response = requests.post(self.base + "/activity_records/", json=records, timeout=30)
        try:
            response.raise_for_status()
        finally:
            self.sent += len(records)
            return self.sent
