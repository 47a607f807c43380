"""Planted: suppress() for the missing page takes every HTTP error."""

import contextlib

import requests


class Sync:
    url = "https://auditor:9699/netwrix/api/v1/activity_records/"

    def __init__(self):
        self.position = 0

    def push(self, batch):
        with contextlib.suppress(requests.HTTPError):
            # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
            requests.post(self.url, json=batch, timeout=4).raise_for_status()
        self.position += len(batch)
