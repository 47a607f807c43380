"""Awkward: an answer of the project's own is true when the request worked, and raises when asked for data else."""

from dataclasses import dataclass, field

import requests


@dataclass
class Answer:
    status: int
    payload: dict = field(default_factory=dict)

    def __bool__(self):
        return 200 <= self.status < 300

    def unwrap(self):
        if not self:
            raise LookupError(self.status)
        return self.payload


class Api:
    root = "https://auditor:9699/netwrix/api/v1"

    def __init__(self):
        self.http = requests.Session()

    def call(self, verb, tail, **more):
        raw = self.http.request(verb.upper(), "/".join((self.root, tail.strip("/"))), **more)
        return Answer(raw.status_code, raw.json() if raw.ok else {})

    def search(self, **filters):
        return self.call("post", "activity_records/search", json=filters).unwrap()["ActivityRecordList"]

    def alive(self):
        return bool(self.call("get", "activity_records/enum"))
