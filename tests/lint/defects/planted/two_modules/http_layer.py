"""The transport: adds the base and the login, and raises for what has no body."""

import requests

ROUTES = {
    "write": ("POST", "/activity_records/"),
    "search": ("POST", "/activity_records/search"),
    "enum": ("GET", "/activity_records/enum"),
}


class TransportError(Exception):
    def __init__(self, response):
        super().__init__(f"{response.request.method} {response.url}: {response.status_code}")
        self.response = response


class Transport:
    bodiless = frozenset({401, 404, 405, 413})

    def __init__(self, host, auth):
        self._base = f"https://{host}:9699/netwrix/api/v1"
        self._session = requests.Session()
        self._session.auth = auth

    def call(self, route, **kwargs):
        method, path = ROUTES[route]
        response = self._session.request(method, self._base + path, params={"format": "json"}, **kwargs)
        if response.status_code in self.bodiless:
            raise TransportError(response)
        return response
