"""Planted: a client made by `__getattr__`; deleting records is no operation of the API."""

import requests


class Node:
    def __init__(self, session, url):
        self._session = session
        self._url = url

    def __getattr__(self, name):
        return Node(self._session, f"{self._url}/{name}")

    def __call__(self, method, **kwargs):
        answer = self._session.request(method, self._url, **kwargs)
        answer.raise_for_status()
        return answer


def clean():
    api = Node(requests.Session(), "https://auditor:9699/netwrix/api/v1")
    api.activity_records.enum("DELETE")  # error: [wrong-method]
