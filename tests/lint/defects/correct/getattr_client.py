"""Awkward: a client made by `__getattr__` and `__call__`, checked in one place."""

import requests


class Node:
    def __init__(self, session, url):
        self._session = session
        self._url = url

    def __getattr__(self, name):
        return Node(self._session, f"{self._url}/{name}")

    def __call__(self, method="GET", **kwargs):
        answer = self._session.request(method, self._url, **kwargs)
        if answer.status_code not in range(200, 300):
            raise RuntimeError(f"{method} {self._url}: {answer.status_code}")
        return answer


def removed():
    api = Node(requests.Session(), "https://auditor:9699/netwrix/api/v1")
    page = api.activity_records.enum(params={"format": "json"}).json()
    found = api.activity_records.search("POST", json={"FilterList": {"Action": "Removed"}}).json()
    return page, found
