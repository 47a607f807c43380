"""Awkward: urllib3 with its own Retry, its exceptions, and statuses as a set difference."""

import urllib3
from urllib3.util import Retry

http = urllib3.PoolManager(retries=Retry(3, status_forcelist={503}, allowed_methods={"GET", "POST"}))


def search(body: bytes):
    answer = http.request("POST", "https://auditor:9699/netwrix/api/v1/activity_records/search", body=body)
    if {answer.status} - {200}:
        raise RuntimeError(answer.status, answer.data)
    return answer.json()


def write(body: bytes):
    try:
        answer = http.urlopen("POST", "https://auditor:9699/netwrix/api/v1/activity_records/", body=body)
    except urllib3.exceptions.MaxRetryError as error:
        raise TimeoutError from error
    return answer.status == 200
