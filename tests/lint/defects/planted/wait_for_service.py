"""Planted: waits while the service is away, and takes the next answer for a success, whatever it is."""

import time

import requests


def write(session: requests.Session, host, records):
    url = f"https://{host}:9699/netwrix/api/v1/activity_records/"
    # error: [dropped-status: 400, 401, 404, 405, 413, 500]
    response = session.post(url, json=records)
    while response.status_code == 503:
        time.sleep(30)
        # error: [dropped-status: 400, 401, 404, 405, 413, 500]
        response = session.post(url, json=records)
    return len(records)
