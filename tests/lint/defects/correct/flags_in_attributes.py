"""Awkward: booleans made from the status travel in variables, attributes and a named tuple."""

from collections import namedtuple

import requests

Outcome = namedtuple("Outcome", "good temporary text")


class Session:
    def __init__(self, host, auth):
        self.records = f"https://{host}:9699/netwrix/api/v1/activity_records"
        self.http = requests.Session()
        self.http.auth = auth
        self.good = False

    def _outcome(self, response):
        sc = response.status_code
        good = sc == 200
        temporary = not good and sc in (500, 503)
        return Outcome(good, temporary, response.text)

    def write(self, batch):
        outcome = self._outcome(self.http.post(f"{self.records}/", params={"format": "json"}, json=batch))
        if outcome.temporary:
            return batch
        if not outcome.good:
            raise ValueError(outcome.text or "no reason given")
        return []

    def search(self, filters):
        response = self.http.post(f"{self.records}/search", params={"format": "json"}, json={"FilterList": filters})
        self.good = response.status_code == 200
        self.unauthorized = response.status_code == 401
        if self.unauthorized:
            raise PermissionError(response.url)
        page = response.json() if self.good else {"ActivityRecordList": []}
        if not self.good:
            raise OSError(response.status_code)
        return page["ActivityRecordList"]


def write_all(session, records, tries=5):
    left = list(records)
    while left and tries:
        left = session.write(left)
        tries -= 1
    return not left
