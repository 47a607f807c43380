"""Planted: asyncio.as_completed, and nobody looks at what came out."""

import asyncio

import httpx


async def send(client, batch):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
    return await client.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch)


async def ship(batches):
    async with httpx.AsyncClient() as client:
        for next_one in asyncio.as_completed([send(client, batch) for batch in batches]):
            await next_one
    return len(batches)
