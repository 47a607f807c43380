"""Planted: the error is logged, and the batch counts as written all the same."""

import logging

import httpx

log = logging.getLogger("feeder")


class Feeder:
    def __init__(self, base):
        self.client = httpx.Client(base_url=base)
        self.written = 0

    def feed(self, batch):
        try:
            # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
            self.client.post("/activity_records/", json=batch).raise_for_status()
        except httpx.HTTPStatusError as error:
            log.error("%s", error)
        self.written += len(batch)


Feeder("https://auditor:9699/netwrix/api/v1").feed([])
