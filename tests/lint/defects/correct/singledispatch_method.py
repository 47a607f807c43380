"""Awkward: what was answered becomes an object, and singledispatchmethod chooses what to do with it."""

from dataclasses import dataclass
from functools import singledispatchmethod

import requests


@dataclass
class Stored:
    count: int


@dataclass
class Busy:
    pass


@dataclass
class Refused:
    status: int


class Writer:
    def write(self, records):
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
        match answer.status_code:
            case 200:
                outcome = Stored(len(records))
            case 503:
                outcome = Busy()
            case other:
                outcome = Refused(other)
        return self.react(outcome)

    @singledispatchmethod
    def react(self, outcome):
        raise TypeError(outcome)

    @react.register
    def _(self, outcome: Stored):
        return outcome.count

    @react.register
    def _(self, outcome: Busy):
        return 0

    @react.register
    def _(self, outcome: Refused):
        raise RuntimeError(outcome.status)
