"""Ship syslog lines to Netwrix Auditor.

Planted: the session raises for 401 and the caller splits on 413; the other errors count as sent.
"""

import re
import time
from datetime import datetime, timezone

import requests

LINE = re.compile(r"^(?P<when>\S+) (?P<who>\S+) (?P<action>\w+) (?P<what>.*)$")


class LoginRequired(Exception):
    pass


class AuditorSession(requests.Session):
    def __init__(self, base):
        super().__init__()
        self.base = base.rstrip("/")

    def request(self, method, url, *args, **kwargs):
        response = super().request(method, self.base + url, *args, **kwargs)
        if response.status_code == 401:
            raise LoginRequired(response.url)
        return response


class Shipper:
    def __init__(self, session):
        self.session = session
        self.sent = 0

    def ship(self, batch):
        if not batch:
            return
        # error: [dropped-status: 400, 404, 405, 500, 503]
        resp = self.session.post("/activity_records/", params={"format": "json"}, json=batch)
        if resp.status_code == 413:
            middle = len(batch) // 2
            self.ship(batch[:middle])
            self.ship(batch[middle:])
            return
        self.sent += len(batch)


def parse(line):
    match = LINE.match(line)
    when = datetime.fromisoformat(match["when"]).astimezone(timezone.utc)
    return {"When": when.isoformat(), "Who": match["who"], "Action": match["action"], "What": match["what"]}


def follow(path):
    shipper = Shipper(AuditorSession("https://10.20.0.5:9699/netwrix/api/v1"))
    with open(path) as syslog:
        while True:
            shipper.ship([parse(line) for line in syslog.readlines(1 << 20)])
            time.sleep(5)
