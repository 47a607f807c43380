"""Planted: suppress(Exception) lets a batch that was refused pass for written."""

import contextlib
import queue

import httpx

BATCH = 500


class Telemetry:
    """Mirror our own audit events into Netwrix Auditor."""

    def __init__(self, config) -> None:
        self.client = httpx.Client(
            base_url=f"https://{config['auditor']['host']}:9699/netwrix/api/v1",
            auth=httpx.BasicAuth(config["auditor"]["user"], config["auditor"]["password"]),
        )
        self.pending: queue.SimpleQueue = queue.SimpleQueue()
        self.written = 0

    def record(self, who: str, action: str, what: str, when: str) -> None:
        self.pending.put(
            {"Who": who, "Action": action, "What": what, "When": when, "Where": "billing", "ObjectType": "Invoice"}
        )

    def flush(self) -> int:
        batch = []
        while not self.pending.empty() and len(batch) < BATCH:
            batch.append(self.pending.get())
        if batch:
            # error: [broad-except: 400, 401, 404, 405, 413, 500, 503]
            with contextlib.suppress(Exception):
                response = self.client.post("/activity_records/", params={"format": "json"}, json=batch)
                response.raise_for_status()
            self.written += len(batch)
        return self.written
