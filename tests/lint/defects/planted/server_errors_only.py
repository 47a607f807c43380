"""Planted: only 5xx is looked at, by the first digit of the text."""

import niquests


def write(records):
    with niquests.Session() as session:
        # error: [dropped-status: 400, 401, 404, 405, 413]
        answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records)
        if str(answer.status_code).startswith("5"):
            raise ConnectionError(answer.reason)
        return True
