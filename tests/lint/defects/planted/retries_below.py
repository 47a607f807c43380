"""Planted: urllib3 repeats the request for 404, too."""

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


def make():
    session = requests.Session()
    retry = Retry(total=4, backoff_factor=1, status_forcelist=[404, 500], allowed_methods=None)
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session


def search(body):
    # error: [retry-not-retryable: 404]
    response = make().post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=body)
    response.raise_for_status()
    return response.json()
