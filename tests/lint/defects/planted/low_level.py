"""Planted: http.client raises for no status, and only 401 is looked at."""

import http.client
import json
import ssl
from base64 import b64encode
from typing import Any


class Connection:
    def __init__(self, host: str, user: str, password: str) -> None:
        self._http = http.client.HTTPSConnection(host, 9699, context=ssl.create_default_context(), timeout=30)
        self._headers = {
            "Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode(),
            "Content-Type": "application/json; charset=UTF-8",
        }

    def search(self, filters: dict[str, Any]) -> list[dict[str, Any]]:
        body = json.dumps({"FilterList": filters})
        # error: [dropped-status: 400, 404, 405, 413, 500]
        self._http.request("POST", "/netwrix/api/v1/activity_records/search?format=json", body, self._headers)
        response = self._http.getresponse()
        data = response.read()
        if response.status == http.client.UNAUTHORIZED:
            raise PermissionError("Netwrix Auditor refused the login")
        return json.loads(data).get("ActivityRecordList", []) if data else []

    def close(self) -> None:
        self._http.close()


def mailbox_access(host: str, user: str, password: str, mailbox: str) -> list[dict[str, Any]]:
    connection = Connection(host, user, password)
    try:
        return connection.search({"What": {"Contains": mailbox}, "ObjectType": "Mailbox"})
    finally:
        connection.close()
