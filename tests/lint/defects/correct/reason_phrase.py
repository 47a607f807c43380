"""Awkward: the low-level connection is asked for the reason phrase, which is OK for 200 alone."""

import http.client
import json


def write(host, records):
    connection = http.client.HTTPSConnection(host, 9699)
    connection.request("POST", "/netwrix/api/v1/activity_records/", json.dumps(records))
    answer = connection.getresponse()
    body = answer.read()
    if answer.reason != "OK":
        raise ValueError(answer.reason, body)
    return len(records)
