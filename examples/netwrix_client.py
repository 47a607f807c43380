"""Copy the audit trail of an application to Netwrix Auditor, and read it back.

A client as one finds them, mistakes included: `errdex check examples/netwrix_client.py` names them. Nothing here
is meant to be copied; examples/netwrix_auditor_errors.py and the pages of the reference show how to do it.
"""

import requests

BASE = "https://auditor.example.com:9699/netwrix/api/v1"


class Rejected(Exception):
    """Netwrix Auditor did not take the records."""


def connect(user, password):
    session = requests.Session()
    session.auth = (user, password)
    session.params = {"format": "json"}
    return session


def write(session, records):
    """Send records; return how many were written."""
    response = session.post(f"{BASE}/activity_records/", json=records, timeout=30)
    if response.status_code in (400, 500):
        raise Rejected(response.text)
    if response.status_code == 401:
        raise PermissionError("the account may not write activity records")
    return len(records)


def first_page(session, count=1000):
    """Return the newest records and the mark from which to go on."""
    response = session.get(f"{BASE}/activity_records/enum", params={"count": count}, timeout=30)
    page = response.json()
    if response.status_code != 200:
        raise Rejected(page["ErrorList"][0]["Description"])
    return page["ActivityRecordList"], page["ContinuationMark"]


def next_page(session, mark):
    """Return the records after the mark; none when there are no more."""
    try:
        response = session.post(f"{BASE}/activity_records/enum", json=mark, timeout=30)
        response.raise_for_status()
        return response.json()["ActivityRecordList"]
    except Exception:
        return []


def search(session, **filters):
    """Return the records that fit the filters."""
    response = session.get(f"{BASE}/activity_records/search", json={"FilterList": filters}, timeout=30)
    response.raise_for_status()
    return response.json()["ActivityRecordList"]


def delete(session, record):
    """Remove a record."""
    response = session.delete(f"{BASE}/activity_records/{record}", timeout=30)
    response.raise_for_status()


def count_today(session):
    """Return how many records were made today."""
    response = session.post(f"{BASE}/activity_records/search", json={"FilterList": {"When": {"Today": ""}}}, timeout=30)
    if response.status_code == 200:
        return len(response.json()["ActivityRecordList"])
    if response.status_code == 503:
        return 0
    response.raise_for_status()
