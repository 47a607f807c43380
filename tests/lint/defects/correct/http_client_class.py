"""Awkward: http.client with a method for each verb and a check by `status // 100`, connections opened anew."""

import http.client
import json
from contextlib import closing


class Api:
    base = "/netwrix/api/v1"

    def __init__(self, host, port=9699):
        self.host, self.port = host, port

    def _call(self, verb, path, body=None):
        with closing(http.client.HTTPSConnection(self.host, self.port, timeout=30)) as connection:
            connection.request(verb, self.base + path, body and json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
        if answer.status // 100 != 2:
            raise http.client.HTTPException(answer.status, answer.reason)
        return text

    def write(self, records):
        self._call("POST", "/activity_records/", records)

    def first(self):
        return json.loads(self._call("GET", "/activity_records/enum?format=json"))
