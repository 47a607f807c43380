"""Planted: hosts that refuse are skipped without a word, wrong passwords as well; the sum is too small."""

import requests


def total(hosts):
    count = 0
    for host in hosts:
        try:
            answer = requests.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json")
            answer.raise_for_status()
        except Exception:  # error: [broad-except: 400, 401, 404, 405, 413, 500]
            continue
        count += len(answer.json()["ActivityRecordList"])
    return count
