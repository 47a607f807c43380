"""Awkward: families of statuses by integer division, text and strings of one digit."""

import logging

import requests

LOG = logging.getLogger("netwrix")
BASE = "https://10.1.4.20:9699/netwrix/api/v1"


class Refused(Exception):
    pass


class Broken(Exception):
    pass


def family(response):
    return response.status_code // 100


def write(session, records):
    reply = session.post(BASE + "/activity_records/", params={"format": "json"}, json=records)
    kind = family(reply)
    if kind == 4:
        raise Refused(reply.status_code)
    elif kind == 5:
        raise Broken(reply.text)
    LOG.info("wrote %d", len(records))


def search(session, body):
    reply = session.post(BASE + "/activity_records/search", params={"format": "json"}, json=body)
    if not str(reply.status_code).startswith("2"):
        raise Refused(reply.status_code)
    return reply.json()["ActivityRecordList"]


def first(session):
    reply = session.get(BASE + "/activity_records/enum", params={"format": "json", "count": 1})
    if str(reply.status_code)[0] in "45":
        LOG.error("status %s", reply.status_code)
        return None
    records = reply.json()["ActivityRecordList"]
    return records[0] if records else None


def main():
    with requests.Session() as session:
        session.auth = ("CORP\\families", "secret")
        print(first(session))
