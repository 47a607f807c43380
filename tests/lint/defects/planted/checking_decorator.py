"""Planted: the decorator that checks answers lets 413 and 500 through."""

import functools
import inspect

import requests

BASE = "https://auditor.corp.example:9699/netwrix/api/v1"


class ApiProblem(Exception):
    pass


def checked(function):
    """Raise ApiProblem for what the decorated function should not see."""

    @functools.wraps(function)
    def wrapper(self, *args, **kwargs):
        response = function(self, *args, **kwargs)
        if response.status_code in {400, 401, 404, 405}:
            where = inspect.unwrap(function).__qualname__
            raise ApiProblem(f"{where}: {response.status_code} {response.text}")
        return response

    return wrapper


class Enumerator:
    def __init__(self, auth):
        self.auth = auth

    @checked
    def _get(self, path):
        return requests.get(f"{BASE}/{path}", params={"format": "json"}, auth=self.auth)

    def first_page(self):
        return self._get("activity_records/enum").json()  # error: [dropped-status: 413, 500]

    def newest(self):
        page = self.first_page()
        return max(page["ActivityRecordList"], key=lambda record: record["When"], default=None)
