import requests

from .base import Provider


class Auditor(Provider):
    def _request(self, action, url):
        answer = requests.request(action, f"https://auditor:9699/netwrix/api/v1/activity_records{url}")
        answer.raise_for_status()
        return answer.json()

    def records(self):
        return self._get("/enum")["ActivityRecordList"]
