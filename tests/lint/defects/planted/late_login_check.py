"""Planted: raise_for_status has taken the 401 away before it is tested."""

import keyring
import requests

SERVICE = "netwrix-auditor"


class Client:
    def __init__(self, host, user):
        self.base = "https://" + host + ":9699/netwrix/api/v1"
        self.user = user
        self.session = requests.Session()
        self.session.auth = (user, keyring.get_password(SERVICE, user))

    def _forget_password(self):
        keyring.delete_password(SERVICE, self.user)
        self.session.auth = None

    def retrieve(self, mark=None):
        url = self.base + "/activity_records/enum"
        if mark is None:
            response = self.session.get(url, params={"format": "json"})
        else:
            response = self.session.post(url, params={"format": "json"}, json=mark)
        response.raise_for_status()
        if response.status_code == 401:  # error: [unreachable-branch: 401]
            self._forget_password()
            raise PermissionError("please log in again")
        return response.json()


def last_day(client):
    page = client.retrieve()
    while page["ActivityRecordList"]:
        for record in page["ActivityRecordList"]:
            yield record
        page = client.retrieve(page["ContinuationMark"])
