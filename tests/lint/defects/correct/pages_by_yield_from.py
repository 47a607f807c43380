"""Awkward: a generator delegates to another one, which asks for pages until the mark is empty."""

import httpx

BASE = "https://10.0.0.8:9699/netwrix/api/v1"


def _pages(client, mark=None):
    while (answer := _ask(client, mark)) is not None:
        yield answer["ActivityRecordList"]
        if not (mark := answer.get("ContinuationMark")):
            return


def _ask(client, mark):
    path = "/activity_records/enum"
    response = (
        client.post(path, json={"ContinuationMark": mark}, params={"format": "json"})
        if mark
        else client.get(path, params={"format": "json"})
    )
    return response.raise_for_status().json() or None


def records():
    with httpx.Client(base_url=BASE, verify=False, auth=httpx.BasicAuth("DOM\\user", "secret")) as client:
        for page in _pages(client):
            yield from page
