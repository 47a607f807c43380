"""Awkward: itertools.groupby over outcomes sorted by their families."""

import itertools

import requests


def send(batch):
    return requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch)


def ship(batches):
    answers = sorted(map(send, batches), key=lambda answer: answer.status_code // 100)
    for family, group in itertools.groupby(answers, key=lambda answer: answer.status_code // 100):
        if family != 2:
            raise RuntimeError(family, [answer.status_code for answer in group])
