"""Planted: the hook of the session knows 401 and lets everything else pass."""

import requests


class LoginFailed(Exception):
    pass


def login_failed(response, *args, **kwargs):
    if response.status_code == requests.codes.unauthorized:
        raise LoginFailed(response.url)


def session():
    made = requests.Session()
    made.hooks["response"].append(login_failed)
    return made


def write(records):
    with session() as http:
        # error: [dropped-status: 400, 404, 405, 413, 500, 503]
        http.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records)
    return len(records)
