"""Awkward: members of HTTPStatus answer whether they are successes."""

from http import HTTPStatus

import httpx


async def search(client: httpx.AsyncClient, query: dict) -> list[dict]:
    answer = await client.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    status = HTTPStatus(answer.status_code)
    if status.is_client_error or status.is_server_error:
        raise ValueError(f"{status.value} {status.phrase}: {status.description}")
    return answer.json()["ActivityRecordList"]
