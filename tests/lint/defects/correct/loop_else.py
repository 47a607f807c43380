"""Awkward: a list of pairs is searched with for and else, and whatever is not in it is raised."""

import requests


class Failure(Exception):
    pass


def _split(session, url, records):
    half = len(records) // 2 or 1
    return post(session, url, records[:half]) + post(session, url, records[half:])


def _stored(session, url, records):
    return len(records)


REACTIONS = [(200, _stored), (413, _split)]


def post(session, url, records):
    if not records:
        return 0
    response = session.post(url, json=records)
    for status, reaction in REACTIONS:
        if status == response.status_code:
            return reaction(session, url, records)
    else:
        raise Failure(response.status_code)


def main(records):
    return post(requests.Session(), "https://h:9699/netwrix/api/v1/activity_records/?format=json", records)
