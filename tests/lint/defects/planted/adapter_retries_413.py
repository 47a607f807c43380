"""Planted: the adapter sends a batch that is too large again and again."""

import os

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


def make_session():
    retry = Retry(
        total=5,
        backoff_factor=1.5,
        status_forcelist=[413, 503],
        allowed_methods=None,
        respect_retry_after_header=True,
    )
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.auth = (os.environ["AUDITOR_USER"], os.environ["AUDITOR_PASS"])
    return session


class RecordSink:
    def __init__(self, host):
        self._url = f"https://{host}:9699/netwrix/api/v1/activity_records/"
        self._session = make_session()
        self._buffer = []

    def add(self, record):
        self._buffer.append(record)
        if len(self._buffer) >= 1000:
            self.flush()

    def flush(self):
        if not self._buffer:
            return
        # error: [retry-not-retryable: 413]
        response = self._session.post(self._url, params={"format": "json"}, json=self._buffer)
        response.raise_for_status()
        self._buffer.clear()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, tb):
        if exc_type is None:
            self.flush()
