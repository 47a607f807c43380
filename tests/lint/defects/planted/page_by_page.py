"""Planted: the first page is checked, the next ones are not."""

import requests

ENUM = "https://auditor:9699/netwrix/api/v1/activity_records/enum"


def everything(session: requests.Session):
    first = session.get(ENUM, params={"format": "json"})
    first.raise_for_status()
    page = first.json()
    while page["ActivityRecordList"]:
        yield from page["ActivityRecordList"]
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
        page = session.post(ENUM, params={"format": "json"}, json=page["ContinuationMark"]).json()
