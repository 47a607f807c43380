"""Planted: http.client, and the status is printed and not looked at."""

import http.client
import json


def enumerate_records(host):
    connection = http.client.HTTPSConnection(host, port=9699)
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
    connection.request("GET", "/netwrix/api/v1/activity_records/enum?format=json")
    response = connection.getresponse()
    print(response.status, response.reason)
    data = json.loads(response.read())
    connection.close()
    return data["ActivityRecordList"]
