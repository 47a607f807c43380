"""Planted: the first digit of the status as text; a "4" is taken for a success."""

import requests


class Sink:
    URL = "https://auditor:9699/netwrix/api/v1/activity_records/"

    def __init__(self, session: requests.Session) -> None:
        self.session = session

    def put(self, *records: dict) -> bool:
        # error: [dropped-status: 400, 401, 404, 405, 413]
        answer = self.session.post(self.URL, json=list(records))
        first = str(answer.status_code)[0]
        if first == "5":
            raise OSError(answer.reason)
        return True
