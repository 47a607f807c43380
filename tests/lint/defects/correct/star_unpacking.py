"""Awkward: the status travels as the head of a list, by star unpacking."""

import json
import urllib.error
import urllib.request


def send(method, path, body=None):
    request = urllib.request.Request(
        "https://auditor:9699/netwrix/api/v1" + path, method=method, data=json.dumps(body).encode() if body else None
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return [answer.status, answer.read(), dict(answer.headers)]
    except urllib.error.HTTPError as error:
        return [error.code, error.read(), dict(error.headers)]


def write(records):
    status, *_ = send("POST", "/activity_records/", records)
    if status != 200:
        raise OSError(status)


def search(query):
    status, body, *_ = send("POST", "/activity_records/search?format=json", query)
    if status >= 400:
        raise OSError(status, body)
    return json.loads(body)["ActivityRecordList"]
