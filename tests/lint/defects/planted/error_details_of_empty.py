"""Planted: the details of every error are parsed, those without a body included."""

import logging

import requests

from .settings import NETWRIX_HOST, NETWRIX_LOGIN

_logger = logging.getLogger(__name__)


class NetwrixError(Exception):
    def __init__(self, status, category, description):
        self.status = status
        self.category = category
        super().__init__(f"{status} {category}: {description}")


class ActivityRecords:
    url = f"https://{NETWRIX_HOST}:9699/netwrix/api/v1/activity_records"

    def __init__(self):
        self._session = requests.Session()
        self._session.auth = NETWRIX_LOGIN
        self._session.params = {"format": "json"}

    def search(self, filter_list, continuation_mark=None):
        body = {"FilterList": filter_list}
        if continuation_mark:
            body["ContinuationMark"] = continuation_mark
        response = self._session.post(f"{self.url}/search", json=body)
        if not response.ok:
            details = response.json()["ErrorList"][0]  # error: [empty-body-read: 401, 404, 405, 413]
            _logger.warning("search failed: %s", details)
            raise NetwrixError(response.status_code, details["Category"], details["Description"])
        result = response.json()
        return result["ActivityRecordList"], result["ContinuationMark"]


def everything(filter_list):
    api = ActivityRecords()
    records, mark = api.search(filter_list)
    while records:
        yield from records
        records, mark = api.search(filter_list, mark)
