"""Planted: httpx raises by itself for nothing; the handler waits for an error that never comes."""

import httpx


def search(filters):
    try:
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
        response = httpx.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=filters)
        return response.json()["ActivityRecordList"]
    except httpx.HTTPStatusError as error:
        raise ConnectionError(error.response.status_code) from error
