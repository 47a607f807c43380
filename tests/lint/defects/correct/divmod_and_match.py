"""Awkward: `divmod` takes the status apart, `match` looks at the pair."""

import httpx


def search(client: httpx.Client, query: dict) -> list:
    reply = client.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    match divmod(reply.status_code, 100):
        case (2, _):
            return reply.json()["ActivityRecordList"]
        case (4, 1):
            raise PermissionError(reply.url)
        case (4, rest):
            raise ValueError(f"client error {400 + rest}")
        case (family, rest):
            raise ConnectionError(family * 100 + rest)
