"""Awkward: a proxy stands before the API and has statuses of its own."""

import logging
import time

import requests

log = logging.getLogger(__name__)

PROXY_TROUBLE = (502, 504)


class ThroughProxy:
    def __init__(self, host, auth, proxy):
        self.base = f"https://{host}:9699/netwrix/api/v1"
        self.session = requests.Session()
        self.session.auth = auth
        self.session.proxies = {"https": proxy}

    def search(self, query, tries=3):
        for _ in range(tries):
            response = self.session.post(f"{self.base}/activity_records/search", params={"format": "json"}, json=query)
            if response.status_code == 407:
                raise PermissionError("the proxy wants a login")
            if response.status_code in PROXY_TROUBLE:
                log.warning("proxy trouble: %s", response.status_code)
                time.sleep(3)
                continue
            response.raise_for_status()
            return response.json()["ActivityRecordList"]
        raise ConnectionError("the proxy cannot reach Netwrix Auditor")


def main(host, proxy):
    api = ThroughProxy(host, ("CORP\\proxied", "secret"), proxy)
    for record in api.search({"FilterList": {"Action": "Removed", "When": {"Yesterday": ""}}}):
        print(record["When"], record["Who"], record["What"])


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:3])
