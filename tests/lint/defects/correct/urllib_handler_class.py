"""Awkward: an HTTPErrorProcessor of the project's own lets every answer through; the caller looks at the code."""

import json
import urllib.request


class Passing(urllib.request.HTTPErrorProcessor):
    def http_response(self, request, response):
        return response

    https_response = http_response


opener = urllib.request.build_opener(Passing)


def search(query):
    request = urllib.request.Request(
        "https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json.dumps(query).encode(), method="POST"
    )
    with opener.open(request) as answer:
        if (code := answer.getcode()) > 299:
            raise OSError(code, answer.read())
        return json.load(answer)
