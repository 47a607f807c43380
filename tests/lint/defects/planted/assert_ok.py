"""Planted: `assert response.ok` is the check of a library."""

import requests


class Client:
    def __init__(self, host):
        self.host = host

    def search(self, **filters):
        response = requests.post(
            f"https://{self.host}:9699/netwrix/api/v1/activity_records/search?format=json", json=filters, timeout=30
        )
        # error: [assert-as-check: 400, 401, 404, 405, 413, 500]
        assert response.ok, response.text
        return response.json()["ActivityRecordList"]
