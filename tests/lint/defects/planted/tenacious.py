"""Planted: tenacity repeats the request for every status, a malformed one included."""

from __future__ import annotations

import logging

import httpx
from tenacity import before_sleep_log, retry, retry_if_exception_type, stop_after_attempt, wait_exponential

logger = logging.getLogger(__name__)


class AuditorClient:
    def __init__(self, base_url: str = "https://localhost:9699/netwrix/api/v1", **options) -> None:
        self.client = httpx.Client(base_url=base_url, **options)

    @retry(
        retry=retry_if_exception_type(httpx.HTTPStatusError),
        wait=wait_exponential(multiplier=1, max=60),
        stop=stop_after_attempt(6),
        before_sleep=before_sleep_log(logger, logging.WARNING),
        reraise=True,
    )
    def write(self, records: list[dict]) -> None:
        # error: [retry-not-retryable: 400, 404, 405, 413]
        response = self.client.post("/activity_records/", params={"format": "json"}, json=records)
        response.raise_for_status()

    def close(self) -> None:
        self.client.close()


def copy(source, target: AuditorClient, size: int = 200) -> None:
    batch = []
    for record in source:
        batch.append(record)
        if len(batch) == size:
            target.write(batch)
            batch = []
    if batch:
        target.write(batch)
