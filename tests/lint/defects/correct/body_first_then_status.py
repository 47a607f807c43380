"""Awkward: the body is read first, safely, because errors are described in it."""

import json

import requests


class NetwrixError(Exception):
    def __init__(self, status, errors):
        self.status = status
        self.errors = errors
        super().__init__("; ".join(error.get("Description", "?") for error in errors) or f"HTTP {status}")


def parsed(response):
    """Return the JSON of the body, or nothing at all."""
    try:
        return response.json()
    except ValueError:
        return {}


class Api:
    def __init__(self, host, auth):
        self.url = f"https://{host}:9699/netwrix/api/v1"
        self.session = requests.Session()
        self.session.auth = auth
        self.session.params["format"] = "json"

    def search(self, filters):
        response = self.session.post(f"{self.url}/activity_records/search", json={"FilterList": filters})
        data = parsed(response)
        if response.status_code != 200:
            raise NetwrixError(response.status_code, data.get("ErrorList", []))
        return data["ActivityRecordList"]

    def write(self, records):
        response = self.session.post(f"{self.url}/activity_records/", json=records)
        text = response.text
        if not response.ok:
            errors = json.loads(text)["ErrorList"] if text else []
            raise NetwrixError(response.status_code, errors)


def main(host, user, password):
    api = Api(host, (user, password))
    records = api.search({"DataSource": "Netwrix API", "When": {"Today": ""}})
    print(len(records), "records today")
