"""Planted: URLError is the base of HTTPError, and its handler makes nothing of any status."""

import json
import urllib.error
import urllib.request


def first(host):
    try:
        with urllib.request.urlopen(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json") as answer:
            return json.load(answer)
    except urllib.error.URLError:
        return None
    except urllib.error.HTTPError as error:  # error: [shadowed-handler]
        if error.code == 401:
            raise PermissionError from error
        raise
