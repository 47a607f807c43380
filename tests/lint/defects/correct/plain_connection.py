"""Awkward: http.client, with one tunnel for everything and the check at the end of the function."""

import base64
import http.client
import json
from contextlib import closing


class ProtocolError(Exception):
    pass


def search(host, login, filters):
    token = base64.b64encode(":".join(login).encode()).decode()
    with closing(http.client.HTTPSConnection(host, 9699, timeout=20)) as connection:
        connection.request(
            "POST",
            "/netwrix/api/v1/activity_records/search?format=json",
            body=json.dumps({"FilterList": filters}),
            headers={"Authorization": f"Basic {token}", "Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        raw = answer.read()
    if answer.status == http.client.OK:
        return json.loads(raw)["ActivityRecordList"]
    if answer.status == http.client.UNAUTHORIZED:
        raise PermissionError(login[0])
    raise ProtocolError(answer.status, answer.reason, raw[:200])
