"""Planted: range(400, 413) does not contain 413."""

import requests

HOST = "auditor.corp.example"
PATH = "/netwrix/api/v1/activity_records/enum"

CLIENT_ERRORS = range(400, 413)
SERVER_ERRORS = range(500, 600)


class ClientFault(Exception):
    pass


class ServerFault(Exception):
    pass


def next_records(mark, auth):
    """Return the records after the mark, and the next mark."""
    r = requests.post(  # error: [dropped-status: 413]
        f"https://{HOST}:9699{PATH}", params={"format": "json", "count": "500"}, json=mark, auth=auth
    )
    if r.status_code in CLIENT_ERRORS:
        raise ClientFault(r.status_code, r.text)
    if r.status_code in SERVER_ERRORS:
        raise ServerFault(r.status_code, r.text)
    page = r.json()
    return page["ActivityRecordList"], page["ContinuationMark"]


def follow(mark, auth, seen):
    while True:
        records, mark = next_records(mark, auth)
        if not records:
            return mark
        for record in records:
            seen(record)
