"""Awkward: a class of the project's own wraps the status, with `__eq__`, `__bool__`, `__contains__` and `__int__`."""

import requests


class Status:
    def __init__(self, code):
        self._code = code

    def __int__(self):
        return self._code

    def __eq__(self, other):
        return self._code == int(other)

    def __hash__(self):
        return self._code

    def __bool__(self):
        return self._code < 400


class Family:
    def __init__(self, digit):
        self.digit = digit

    def __contains__(self, status):
        return int(status) // 100 == self.digit


FAULTS = Family(5)


def write(session: requests.Session, records):
    status = Status(session.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records).status_code)
    if status in FAULTS:
        raise ConnectionError(int(status))
    if status == 413:
        return write(session, records[: len(records) // 2]) + write(session, records[len(records) // 2 :])
    if not status:
        raise ValueError(int(status))
    return len(records)
