"""Awkward: statuses in frozensets, class attributes, enums and constants of other names."""

from enum import IntEnum
from typing import Final

import requests


class Http(IntEnum):
    OK = 200
    BAD_REQUEST = 400
    UNAUTHORIZED = 401
    NOT_FOUND = 404
    METHOD_NOT_ALLOWED = 405
    TOO_LARGE = 413
    SERVER_ERROR = 500
    UNAVAILABLE = 503


SILENT: Final = frozenset({Http.UNAUTHORIZED, Http.NOT_FOUND, Http.METHOD_NOT_ALLOWED})
TALKATIVE: Final = frozenset((Http.BAD_REQUEST, Http.SERVER_ERROR))


class WriteError(Exception):
    pass


class Writer:
    fatal = SILENT | TALKATIVE
    later = (Http.UNAVAILABLE,)

    def __init__(self, host, auth):
        self.target = "https://%s:9699/netwrix/api/v1/activity_records/" % host
        self.auth = auth
        self.postponed = []

    def write(self, records):
        response = requests.post(self.target, params={"format": "json"}, json=records, auth=self.auth)
        if response.status_code in self.fatal:
            raise WriteError(response.status_code, response.text)
        if response.status_code in self.later:
            self.postponed.append(records)
            return False
        if response.status_code == Http.TOO_LARGE:
            middle = len(records) // 2
            return self.write(records[:middle]) and self.write(records[middle:])
        return response.status_code == Http.OK


def drain(writer):
    while writer.postponed:
        if not writer.write(writer.postponed.pop()):
            break
