"""Awkward: httpx event hooks raise; the function that reads the body never looks."""

from collections.abc import AsyncIterator
from typing import Any

import httpx


async def raise_on_4xx_5xx(response: httpx.Response) -> None:
    if response.is_error:
        await response.aread()
        response.raise_for_status()


def make_client(host: str, auth: tuple[str, str]) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"https://{host}:9699/netwrix/api/v1",
        auth=auth,
        event_hooks={"response": [raise_on_4xx_5xx]},
        headers={"User-Agent": "corp-audit/2.1"},
    )


class Records:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __aiter__(self) -> AsyncIterator[dict[str, Any]]:
        response = await self.client.get("/activity_records/enum", params={"format": "json"})
        page = response.json()
        while page["ActivityRecordList"]:
            for record in page["ActivityRecordList"]:
                yield record
            response = await self.client.post(
                "/activity_records/enum", params={"format": "json"}, json=page["ContinuationMark"]
            )
            page = response.json()


async def print_all(host: str, user: str, password: str) -> None:
    async with make_client(host, (user, password)) as client:
        async for record in Records(client):
            print(record["RID"], record["Who"], record["Action"])
