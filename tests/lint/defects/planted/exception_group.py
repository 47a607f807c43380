"""Planted: a task group's errors are all thrown away by an except* of everything."""

import asyncio

import httpx

URL = "https://auditor:9699/netwrix/api/v1/activity_records/"


async def send(client, batch):
    answer = await client.post(URL, json=batch)
    answer.raise_for_status()


async def ship(batches):
    async with httpx.AsyncClient() as client:
        try:
            async with asyncio.TaskGroup() as group:
                for batch in batches:
                    group.create_task(send(client, batch))
        # error: [broad-except: 400, 401, 404, 405, 413, 500, 503]
        except* Exception:
            pass
    return sum(map(len, batches))
