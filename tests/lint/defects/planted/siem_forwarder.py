"""Planted: 400, 401, 404, 405 and 500 are told apart, 413 and 503 are counted as delivered."""

import json
import logging
import sys
from pathlib import Path

import requests
from requests.auth import HTTPBasicAuth

log = logging.getLogger("siem-forwarder")

AUDITOR = "https://auditor.corp.example:9699/netwrix/api/v1"


class Rejected(Exception):
    pass


class Forwarder:
    def __init__(self, user, password, ca_bundle):
        self.http = requests.Session()
        self.http.auth = HTTPBasicAuth(user, password)
        self.http.verify = ca_bundle
        self.http.headers["Content-Type"] = "application/json; charset=UTF-8"
        self.delivered = 0

    def forward(self, records):
        url = AUDITOR + "/activity_records/?format=json"
        answer = self.http.post(url, data=json.dumps(records), timeout=60)  # error: [dropped-status: 413, 503]
        if answer.status_code == 400:
            raise Rejected("records do not fit the schema: " + answer.text)
        elif answer.status_code == 401:
            raise PermissionError("the service account lost its Contributor role")
        elif answer.status_code in (404, 405):
            raise Rejected("is this really a Netwrix Auditor server?")
        elif answer.status_code == 500:
            raise ConnectionError(answer.text)
        self.delivered += len(records)
        log.info("delivered %d records so far", self.delivered)


def main(folder, user, password):
    forwarder = Forwarder(user, password, "/etc/ssl/corp.pem")
    for path in sorted(Path(folder).glob("*.json")):
        forwarder.forward(json.loads(path.read_text()))
        path.rename(path.with_suffix(".sent"))


if __name__ == "__main__":
    main(*sys.argv[1:])
