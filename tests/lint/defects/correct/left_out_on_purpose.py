"""Awkward: what is not dealt with is left out by comments that say why, and all of them are of use."""

import requests

BASE = "https://auditor.corp.example:9699/netwrix/api/v1"


def warm_up(session: requests.Session) -> None:
    """Open the connection before it is needed; the answer does not matter."""
    # errdex: ignore[unchecked-response] only the connection is wanted
    session.get(
        BASE + "/activity_records/enum",
        params={"count": 1},
        timeout=5,
    )


def page(session: requests.Session, mark: str) -> dict:
    response = session.post(  # errdex: ignore[dropped-status: 405, 413] a mark is 40 bytes long
        BASE + "/activity_records/enum", params={"format": "json"}, json=mark
    )
    if response.status_code in (400, 401, 404, 500):
        raise OSError(response.status_code, response.text)
    return response.json()


def next_of(session: requests.Session, link: str) -> dict:
    # The service bus hands out links, so the URL says nothing here.
    # errdex: operation retrieve-activity-records
    response = session.get(link)
    response.raise_for_status()
    return response.json()


def newest(session: requests.Session) -> str:
    try:
        reply = session.get(BASE + "/activity_records/enum", params={"format": "json", "count": 1})
        reply.raise_for_status()
        return reply.json()["ActivityRecordList"][0]["When"]
    except Exception:  # errdex: ignore[broad-except] the banner shows a dash then
        return "-"
