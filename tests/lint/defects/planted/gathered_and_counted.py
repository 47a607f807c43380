"""Planted: gather keeps the exceptions, and they are counted as results."""

import asyncio

import aiohttp

URL = "https://auditor:9699/netwrix/api/v1/activity_records/"


async def one(session, batch):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
    async with session.post(URL, json=batch, params={"format": "json"}) as response:
        response.raise_for_status()


async def feed(batches):
    async with aiohttp.ClientSession() as session:
        done = await asyncio.gather(*[one(session, batch) for batch in batches], return_exceptions=True)
    return len(done)
