"""Awkward: doubles of the server are told what to answer, in calls that look like requests."""

import requests
from requests_mock import mock as requests_mock

AUDITOR = "https://auditor:9699/netwrix/api/v1"


def write(records):
    answer = requests.post(f"{AUDITOR}/activity_records/", json=records)
    answer.raise_for_status()


def check_writing():
    with requests_mock() as doubles:
        doubles.post(f"{AUDITOR}/activity_records/", status_code=200, json={"done": True})
        write([])


def check_waiting(server):
    server.post(f"{AUDITOR}/activity_records/", status=503, callback=print)
    server.get(f"{AUDITOR}/activity_records/enum", payload={"ActivityRecordList": []})
    write([])
