"""Awkward: a pipeline of functions over the answer, by functools.reduce."""

from functools import reduce

import requests


def check(answer):
    answer.raise_for_status()
    return answer


def decode(answer):
    return answer.json()


def records(page):
    return page["ActivityRecordList"]


def pipe(value, *functions):
    return reduce(lambda held, function: function(held), functions, value)


def removed():
    return pipe(
        requests.post(
            "https://auditor:9699/netwrix/api/v1/activity_records/search?format=json",
            json={"FilterList": {"Action": "Removed"}},
        ),
        check,
        decode,
        records,
    )
