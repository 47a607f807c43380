"""Awkward: pages that are followed by their links; an object with a message is an error, and the query is put together."""

import requests

BASE = "https://auditor.corp.example:9699/netwrix/api/v1"


class AuditorError(Exception):
    """What the server has to say."""


def records(name, session):
    url = "{}/{}/enum?format=json".format(BASE, name)
    for page in pages(url, session):
        yield from page


def activity(session):
    return list(records("activity_records", session))


def pages(url, session):
    url += ("&" if "?" in url else "?") + "count=1000"
    while url:
        response = session.get(url)
        data = response.json() if response.content else {"message": "no access"}
        if isinstance(data, dict) and data.get("message"):
            raise AuditorError(data["message"])
        yield data
        url = response.links.get("next", {}).get("url")


if __name__ == "__main__":
    with requests.Session() as session:
        print(len(activity(session)))
