"""Planted: the branch for 503 stands below one that takes every error."""

from __future__ import annotations

import logging
import queue
import threading
import time

import requests

log = logging.getLogger(__name__)


class Writer(threading.Thread):
    """Take records from a queue and write them to Netwrix Auditor."""

    def __init__(self, endpoint: str, auth: tuple[str, str]) -> None:
        super().__init__(daemon=True)
        self.queue: queue.Queue[list[dict]] = queue.Queue()
        self.endpoint = endpoint
        self.auth = auth
        self.failed: list[list[dict]] = []

    def run(self) -> None:
        while True:
            self.write(self.queue.get())

    def write(self, records: list[dict]) -> None:
        response = requests.post(self.endpoint, json=records, auth=self.auth, timeout=60)
        if response.status_code >= 400:
            log.error("write failed: %s %s", response.status_code, response.text)
            self.failed.append(records)
        elif response.status_code == 503:  # error: [unreachable-branch: 503]
            time.sleep(30)
            self.queue.put(records)
        else:
            log.debug("wrote %d records", len(records))


def start(host: str) -> Writer:
    writer = Writer(f"https://{host}:9699/netwrix/api/v1/activity_records/?format=json", ("CORP\\svc", "pw"))
    writer.start()
    return writer
