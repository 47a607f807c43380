"""Planted: the path of the search is misspelt."""

import os

import requests


class Config:
    host = os.environ.get("AUDITOR_HOST", "localhost")
    port = int(os.environ.get("AUDITOR_PORT", "9699"))
    user = os.environ.get("AUDITOR_USER", "")
    password = os.environ.get("AUDITOR_PASSWORD", "")

    @classmethod
    def base_url(cls):
        return "https://{}:{}/netwrix/api/v1".format(cls.host, cls.port)


def search(filters, mark=None):
    body = {"FilterList": filters}
    if mark is not None:
        body["ContinuationMark"] = mark
    response = requests.post(  # error: [unknown-operation] "/activity_records/search"
        Config.base_url() + "/activity_record/search",
        params={"format": "json"},
        json=body,
        auth=(Config.user, Config.password),
    )
    response.raise_for_status()
    return response.json()


def changes_of(user):
    mark = None
    while True:
        page = search({"Who": {"Equals": user}, "Action": ["Added", "Modified", "Removed"]}, mark)
        if not page["ActivityRecordList"]:
            break
        for record in page["ActivityRecordList"]:
            yield record
        mark = page["ContinuationMark"]
