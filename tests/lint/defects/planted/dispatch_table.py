"""Planted: the table of handlers knows three statuses; for the others nothing happens."""

import logging

import requests


class Importer:
    base_url = "https://auditor.corp.example:9699/netwrix/api/v1"

    def __init__(self, credentials):
        self.credentials = credentials
        self.log = logging.getLogger("importer")
        self.handlers = {
            400: self._invalid,
            401: self._unauthorized,
            500: self._server_error,
        }

    def _invalid(self, response):
        raise ValueError(f"the query is not valid: {response.text}")

    def _unauthorized(self, response):
        raise PermissionError(f"{self.credentials[0]} may not read activity records")

    def _server_error(self, response):
        raise ConnectionError(f"Netwrix Auditor failed: {response.text}")

    def page(self, mark):
        url = f"{self.base_url}/activity_records/enum"
        # error: [dropped-status: 404, 405, 413]
        response = requests.post(url, params={"format": "json"}, json=mark, auth=self.credentials)
        handler = self.handlers.get(response.status_code)
        if handler is not None:
            handler(response)
        return response.json()

    def run(self, mark, store):
        while True:
            page = self.page(mark)
            records = page.get("ActivityRecordList") or []
            if not records:
                self.log.info("nothing new")
                return mark
            store(records)
            mark = page["ContinuationMark"]
