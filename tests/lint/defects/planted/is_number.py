"""Planted: the status is compared with a text from the settings."""

import requests

GOOD = "200"


def search(host, body):
    r = requests.post(f"https://{host}:9699/netwrix/api/v1/activity_records/search", json=body, timeout=3)
    # error: [constant-condition]
    if GOOD != r.status_code:
        raise OSError(r.status_code, r.reason)
    return r.json()
