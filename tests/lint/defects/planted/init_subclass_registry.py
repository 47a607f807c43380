"""Planted: a registry of exceptions by `__init_subclass__`, asked by a method that returns None for the rest."""

import requests


class AuditorError(Exception):
    registry: dict = {}

    def __init_subclass__(cls, status=0, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[status] = cls

    @classmethod
    def check(cls, answer):
        kind = cls.registry.get(answer.status_code)
        if kind:
            raise kind(answer.text)


class Invalid(AuditorError, status=400):
    pass


class NoAccess(AuditorError, status=401):
    pass


class Broken(AuditorError, status=500):
    pass


def search(session: requests.Session, query):
    # error: [dropped-status: 404, 405, 413]
    answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    AuditorError.check(answer)
    return answer.json()["ActivityRecordList"]
