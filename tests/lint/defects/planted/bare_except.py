"""Planted: a bare `except` makes a list without records of every failure."""

import requests


def recent(host):
    try:
        response = requests.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json", timeout=3)
        response.raise_for_status()
        return response.json()["ActivityRecordList"]
    # error: [broad-except: 400, 401, 404, 405, 413, 500]
    except:
        return []
