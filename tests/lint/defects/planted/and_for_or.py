"""Planted: `and` where `or` was meant, so that the condition never holds."""

import httpx


def search(client: httpx.Client, query):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500]
    answer = client.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    if answer.status_code < 200 and answer.status_code > 299:
        raise RuntimeError(answer.status_code)
    return answer.json()
