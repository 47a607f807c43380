"""Awkward: the first digit of the status as text chooses a function in a dict."""

import requests


def _client_error(answer):
    raise ValueError(answer.text or answer.reason)


def _server_error(answer):
    raise ConnectionError(answer.text or answer.reason)


REACTIONS = {"2": lambda answer: answer, "4": _client_error, "5": _server_error}


def write(records):
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records, timeout=30)
    return REACTIONS[str(answer.status_code)[0]](answer)
