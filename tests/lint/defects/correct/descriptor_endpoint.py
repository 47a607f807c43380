"""Awkward: endpoints are descriptors that make a function for the instance."""

import requests


class Endpoint:
    def __init__(self, method, path):
        self.method = method
        self.path = path

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self

        def send(**kwargs):
            answer = instance.session.request(self.method, instance.base + self.path, **kwargs)
            if answer.status_code >= 400:
                raise RuntimeError(self.name, answer.status_code)
            return answer

        return send


class Auditor:
    write = Endpoint("POST", "/activity_records/")
    search = Endpoint("POST", "/activity_records/search")

    def __init__(self, base="https://auditor:9699/netwrix/api/v1"):
        self.base = base
        self.session = requests.Session()


def removed():
    return Auditor().search(json={"FilterList": {"Action": "Removed"}}).json()
