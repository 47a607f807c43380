"""Planted: the loop gives up after five tries, and its else takes the refusal for a success."""

import time

import requests


def write(records):
    tries = 0
    while tries < 5:
        # error: [dropped-status: 503]
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        if answer.status_code == 503:
            tries += 1
            time.sleep(1)
            continue
        answer.raise_for_status()
        break
    else:
        print("gave up")
    return len(records)
