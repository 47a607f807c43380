"""Planted: there is no DELETE for records."""

import requests

BASE = "https://{}:9699/netwrix/api/v1"


def purge(host):
    # error: [wrong-method]
    response = requests.delete(BASE.format(host) + "/activity_records/", timeout=10)
    response.raise_for_status()


def write(host, records):
    requests.post(BASE.format(host) + "/activity_records/", json=records, timeout=10).raise_for_status()
