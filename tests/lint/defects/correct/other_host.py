"""Awkward: another product on another host has the same path; nothing is known of it."""

import os

import requests

AUDITOR = "https://auditor.corp.example:9699/netwrix/api/v1"
WAREHOUSE = os.environ.get("WAREHOUSE_URL", "https://warehouse.corp.example/api")


class Copier:
    def __init__(self, auditor_auth, warehouse_token):
        self.auditor = requests.Session()
        self.auditor.auth = auditor_auth
        self.warehouse = requests.Session()
        self.warehouse.headers["Authorization"] = f"Bearer {warehouse_token}"

    def read(self):
        answer = self.auditor.get(AUDITOR + "/activity_records/enum", params={"format": "json"})
        answer.raise_for_status()
        return answer.json()

    def store(self, records):
        # The warehouse answers 202 or 409, and 409 means that it has the records already.
        answer = self.warehouse.put("https://warehouse.corp.example/activity_records/", json=records)
        if answer.status_code == 409:
            return 0
        return answer.json()["accepted"]

    def statistics(self):
        return self.warehouse.get(WAREHOUSE + "/statistics").json()

    def run(self):
        page = self.read()
        total = 0
        while page["ActivityRecordList"]:
            total += self.store(page["ActivityRecordList"])
            answer = self.auditor.post(
                AUDITOR + "/activity_records/enum", params={"format": "json"}, json=page["ContinuationMark"]
            )
            answer.raise_for_status()
            page = answer.json()
        return total
