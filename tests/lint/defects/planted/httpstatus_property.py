"""Planted: HTTPStatus.is_client_error asks for half of the errors."""

from http import HTTPStatus

import httpx


async def search(client: httpx.AsyncClient, query: dict) -> list[dict]:
    # error: [dropped-status: 500]
    answer = await client.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    if HTTPStatus(answer.status_code).is_client_error:
        raise ValueError(answer.text)
    return answer.json()["ActivityRecordList"]
