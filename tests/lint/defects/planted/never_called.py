"""Planted: `raise_for_status` is named and not called."""

import requests


def write(session, host, records):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
    response = session.post(f"https://{host}:9699/netwrix/api/v1/activity_records/", json=records)
    response.raise_for_status
    return len(records)


def main():
    with requests.Session() as session:
        print(write(session, "auditor", []))
