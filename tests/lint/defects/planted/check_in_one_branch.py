"""Planted: raise_for_status stands inside the branch for 404."""

import requests


class NotFound(LookupError):
    pass


class RecordsManager:
    """`client.records` of the SDK."""

    def __init__(self, client):
        self.client = client

    def search(self, filters, mark=None):
        payload = {"FilterList": filters}
        if mark:
            payload["ContinuationMark"] = mark
        # error: [dropped-status: 400, 401, 405, 413, 500]
        response = self.client.post("/activity_records/search", json=payload)
        if response.status_code == 404:
            try:
                response.raise_for_status()
            except requests.HTTPError as error:
                raise NotFound(response.url) from error
        return response.json()


class Client(requests.Session):
    def __init__(self, base_url, auth):
        super().__init__()
        self.auth = auth
        self.base_url = base_url
        self.params["format"] = "json"
        self.records = RecordsManager(self)

    def request(self, method, path, **kwargs):
        return super().request(method, f"{self.base_url}/netwrix/api/v1{path}", **kwargs)


def connect(host, user, password):
    return Client(f"https://{host}:9699", (user, password))
