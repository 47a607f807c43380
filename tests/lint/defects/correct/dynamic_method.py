"""Awkward: the method is an attribute looked up by name, the URL comes from a property."""

import functools

import requests


class Resource:
    path = ""

    def __init__(self, api):
        self.api = api

    @property
    def url(self):
        return "/".join([self.api.root, self.path])

    def _do(self, verb, *args, **kwargs):
        send = getattr(self.api.session, verb.lower())
        response = send(self.url, *args, params={"format": "json"}, **kwargs)
        return self.api.check(response)


class Enum(Resource):
    path = "activity_records/enum"

    def first(self):
        return self._do("GET").json()

    def next(self, mark):
        return self._do("POST", json=mark).json()


class Search(Resource):
    path = "activity_records/search"

    def __call__(self, filters):
        return self._do("POST", json={"FilterList": filters}).json()


class Api:
    def __init__(self, host, auth):
        self.root = f"https://{host}:9699/netwrix/api/v1"
        self.session = requests.Session()
        self.session.auth = auth
        self.enum = Enum(self)
        self.search = Search(self)
        self.removed = functools.partial(self.search, {"Action": "Removed"})

    @staticmethod
    def check(response):
        if response.status_code in (200, 201, 204):
            return response
        raise requests.HTTPError(f"{response.status_code} {response.reason}", response=response)


if __name__ == "__main__":
    api = Api("auditor.corp.example", ("CORP\\dyn", "secret"))
    print(api.removed(), api.enum.first())
