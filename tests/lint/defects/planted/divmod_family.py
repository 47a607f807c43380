"""Planted: `divmod(code, 100)` looks for fives only."""

import httpx


class Down(Exception):
    pass


def search(client: httpx.Client, query: dict) -> list:
    # error: [dropped-status: 400, 401, 404, 405, 413]
    reply = client.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    family, _ = divmod(reply.status_code, 100)
    if family == 5:
        raise Down(reply.text)
    return reply.json()["ActivityRecordList"]
