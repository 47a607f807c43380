"""Planted: the low-level connection looks at the reason phrase of one status."""

import http.client
import json


def write(host, records):
    connection = http.client.HTTPSConnection(host, 9699)
    # error: [dropped-status: 400, 401, 405, 413, 500, 503]
    connection.request("POST", "/netwrix/api/v1/activity_records/", json.dumps(records))
    answer = connection.getresponse()
    if answer.reason == "Not Found":
        raise ValueError(host)
    answer.read()
    return len(records)
