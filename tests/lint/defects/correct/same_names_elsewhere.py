"""Awkward: functions and variables have the names of things that they are not."""

import requests


class Registry:
    """Not a session, whatever its methods are called."""

    def __init__(self):
        self.data = {}

    def get(self, key, default=None):
        return self.data.get(key, default)

    def post(self, key, value):
        self.data[key] = value
        return self

    def raise_for_status(self):
        return None


class Order:
    def __init__(self, status):
        self.status = status
        self.status_code = {"open": 100, "shipped": 409, "lost": 418}[status]

    def is_lost(self):
        return self.status_code == 418


class HTTPError(Exception):
    """The project's own, for any status it does not like."""

    def __init__(self, code):
        self.code = code


registry = Registry()
registry.post("https://auditor:9699/netwrix/api/v1/activity_records/nowhere", "a note")


def get(url, auth):
    response = requests.get(url, auth=auth)
    response.code = response.status_code
    if response.code >= 300:
        raise HTTPError(response.code)
    return response


def records(host, auth):
    order = Order("open")
    try:
        response = get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json", auth)
    except HTTPError as error:
        if error.code == 401 and not order.is_lost():
            raise PermissionError(host) from error
        raise
    return response.json()["ActivityRecordList"]
