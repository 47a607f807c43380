"""Awkward: the loop gives up after five tries, and its else raises."""

import time

import requests


def write(records):
    tries = 0
    while tries < 5:
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        if answer.status_code == 503:
            tries += 1
            time.sleep(1)
            continue
        answer.raise_for_status()
        break
    else:
        raise TimeoutError("gave up")
    return len(records)
