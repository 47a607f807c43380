"""Awkward: the same question is asked before and after the write, and only the second answer separates the branches."""

import sys

import requests

API = "https://auditor.corp.example:9699/netwrix/api/v1"


def known_ids(session):
    answer = session.get(f"{API}/activity_records/enum", params={"format": "json"})
    answer.raise_for_status()
    return {record["RID"]: record for record in answer.json()["ActivityRecordList"]}


def is_stored(session, wanted):
    records = known_ids(session)
    if wanted["RID"] not in records:
        return False
    record = records[wanted["RID"]]
    return all(value == record[name] for name, value in wanted.items() if value)


def leave(code, said):
    print(said)
    sys.exit(code)


def store(session, record):
    if is_stored(session, record):
        leave(0, "stored already")
    answer = session.post(f"{API}/activity_records/", json=[record])
    if answer.status_code == 200 and is_stored(session, record):
        leave(0, "stored")
    elif answer.status_code == 200:
        leave(1, "taken, but not stored")
    elif answer.status_code == 413:
        leave(2, "too long")
    else:
        leave(3, f"refused with {answer.status_code}")
