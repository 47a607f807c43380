"""Planted: an adapter of the project's own checks the answers, but lets 4xx pass."""

import requests
from requests.adapters import HTTPAdapter


class Checking(HTTPAdapter):
    def send(self, request, **kwargs):
        response = super().send(request, **kwargs)
        if response.status_code // 100 == 5:
            raise requests.HTTPError("server", response=response)
        return response


def client():
    session = requests.Session()
    session.mount("https://", Checking())
    return session


def search(query):
    # error: [dropped-status: 400, 401, 404, 405, 413]
    answer = client().post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    return answer.json()
