"""Planted: a decorator turns each HTTPError into an empty list, 401 and 500 alike."""

import functools

import requests


def empty_on_error(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception:  # error: [broad-except: 400, 401, 404, 405, 413, 500]
            return []

    return wrapper


@empty_on_error
def removed(session):
    answer = session.post(
        "https://auditor:9699/netwrix/api/v1/activity_records/search?format=json",
        json={"FilterList": {"Action": "Removed"}},
    )
    answer.raise_for_status()
    return answer.json()["ActivityRecordList"]


print(removed(requests.Session()))
