"""Awkward: a class decorator registers the exception for each status, and the transport looks it up."""

import requests

_REGISTRY = {}


def answers(*statuses):
    def register(cls):
        for status in statuses:
            _REGISTRY[status] = cls
        return cls

    return register


class AuditorError(Exception):
    def __init__(self, response):
        super().__init__(f"{response.request.method} {response.url}: {response.status_code}")
        self.response = response


@answers(401)
class Unauthorized(AuditorError):
    pass


@answers(400, 413)
class Rejected(AuditorError):
    pass


@answers(500, 503)
class ServerDown(AuditorError):
    pass


def raise_if_needed(response):
    if response.status_code == 200:
        return response
    raise _REGISTRY.get(response.status_code, AuditorError)(response)


def upload(session: requests.Session, host, records):
    raise_if_needed(session.post(f"https://{host}:9699/netwrix/api/v1/activity_records/?format=json", json=records))
    return len(records)
