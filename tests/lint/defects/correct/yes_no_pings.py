"""Awkward: pings that only want yes or no, by bool, by `not`, by `is`, by `in`."""

import httpx
import requests

URL = "https://auditor:9699/netwrix/api/v1/activity_records/enum?count=1"


def alive():
    return bool(requests.get(URL, timeout=3))


def dead():
    return not httpx.get(URL).is_success


def reachable():
    try:
        return requests.head("https://auditor:9699/", timeout=3) is not None and requests.get(URL).status_code in {200, 401}
    except requests.ConnectionError:
        return False


class Health:
    @property
    def ok(self):
        return requests.get(URL).ok is True

    def __bool__(self):
        return self.ok
