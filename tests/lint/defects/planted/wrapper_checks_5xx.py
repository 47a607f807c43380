"""Planted: the helper through which everything goes raises for 5xx only."""

import logging
from urllib.parse import urljoin

import requests


class NetwrixServerError(Exception):
    pass


class NetwrixApi:
    """Thin wrapper around the Netwrix Auditor Integration API."""

    API_PATH = "/netwrix/api/v1/"

    def __init__(self, host, username, password, port=9699, verify=True):
        self.root = urljoin("https://%s:%d" % (host, port), self.API_PATH)
        self.auth = (username, password)
        self.verify = verify
        self.logger = logging.getLogger(self.__class__.__name__)

    def _request(self, method, endpoint, **kwargs):
        url = urljoin(self.root, endpoint)
        self.logger.debug("%s %s", method, url)
        kwargs.setdefault("timeout", (5, 90))
        response = requests.request(
            method,
            url,
            auth=self.auth,
            verify=self.verify,
            headers={"Accept": "application/json"},
            **kwargs,
        )
        self.logger.debug("-> %s (%d bytes)", response.status_code, len(response.content))
        if response.status_code >= 500:
            raise NetwrixServerError(response.text)
        return response

    def failed_logons(self, since="LastSevenDays"):
        query = {"FilterList": {"Action": "Failed Logon", "When": {since: ""}}}
        # error: [dropped-status: 400, 401, 404, 405, 413]
        found = self._request("POST", "activity_records/search", params={"format": "json"}, json=query)
        return found.json().get("ActivityRecordList", [])


def worst_offenders(api, limit=10):
    per_user = {}
    for record in api.failed_logons():
        per_user[record["Who"]] = per_user.get(record["Who"], 0) + 1
    return sorted(per_user.items(), key=lambda item: -item[1])[:limit]
