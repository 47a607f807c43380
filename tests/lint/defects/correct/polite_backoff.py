"""Awkward: backoff with a predicate that gives up, and stamina for the reads."""

import backoff
import requests
import stamina

ROOT = "https://auditor.corp.example:9699/netwrix/api/v1"


def hopeless(error):
    """Only a busy server is worth another try."""
    return error.response is None or error.response.status_code != 503


def worth_it(error: Exception) -> bool:
    if isinstance(error, requests.HTTPError):
        return error.response.status_code == 500
    return isinstance(error, requests.ConnectionError)


class Journal:
    def __init__(self, auth):
        self.session = requests.Session()
        self.session.auth = auth

    @backoff.on_exception(backoff.expo, requests.HTTPError, max_time=300, giveup=hopeless)
    def write(self, records):
        response = self.session.post(f"{ROOT}/activity_records/", params={"format": "json"}, json=records)
        response.raise_for_status()

    @stamina.retry(on=worth_it, attempts=3)
    def _page(self, mark):
        response = self.session.post(f"{ROOT}/activity_records/enum", params={"format": "json"}, json=mark)
        response.raise_for_status()
        return response.json()

    def since(self, mark):
        while (page := self._page(mark))["ActivityRecordList"]:
            yield from page["ActivityRecordList"]
            mark = page["ContinuationMark"]


def main():
    journal = Journal(("CORP\\journal", "secret"))
    journal.write([{"Who": "CORP\\journal", "Action": "Session start", "What": "journal", "Where": "here"}])
