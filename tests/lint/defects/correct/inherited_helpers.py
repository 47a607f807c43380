"""Awkward: a class inherits helpers that it does not call, and keeps what it has asked for in an attribute."""

import requests


class Endpoint:
    def __init__(self, host, auth):
        self.base = f"https://{host}:9699/netwrix/api/v1"
        self.auth = auth

    def _get(self, path="/"):
        return self._request("GET", path)

    def _delete(self, path="/activity_records/"):
        return self._request("DELETE", path)

    def _request(self, method="GET", path="/", body=None):
        answer = requests.request(method, self.base + path, json=body, auth=self.auth, timeout=60)
        answer.raise_for_status()
        return answer


class Records(Endpoint):
    def __init__(self, host, auth):
        super().__init__(f"{host}.corp.example", auth)
        self._first = None

    def first(self):
        if self._first is None:
            self._first = self._get("/activity_records/enum?format=json").json()
        return self._first

    @staticmethod
    def _name(record):
        return record["Who"].rpartition("\\")[2]

    def names(self):
        try:
            return sorted({self._name(record) for record in self.first()["ActivityRecordList"]})
        except requests.HTTPError as error:
            raise SystemExit(f"no names: {error}") from error
