"""Awkward: one function ends the program for every outcome, and asks whether the response that it may get is true."""

import sys

import requests

API = "https://auditor.corp.example:9699/netwrix/api/v1"


def finish(success, said, response=None):
    print(said)
    if response:
        print(len(response.content), "bytes")
    sys.exit(0 if success else 1)


def newest(session):
    answer = session.get(f"{API}/activity_records/enum", params={"format": "json"})
    if answer.status_code == 200:
        finish(True, "here they are", answer)
    finish(False, f"refused with {answer.status_code}")


def search(session, filters):
    answer = session.post(f"{API}/activity_records/search", params={"format": "json"}, json=filters)
    if answer.status_code != 200:
        finish(False, f"refused with {answer.status_code}", answer)
    return answer.json()
