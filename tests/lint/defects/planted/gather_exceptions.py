"""Planted: gather returns the exceptions, and the report counts them as answers."""

import asyncio

import aiohttp

BASE = "https://auditor:9699/netwrix/api/v1"


async def page(session, mark):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500]
    async with session.post(f"{BASE}/activity_records/enum?format=json", json=mark) as answer:
        answer.raise_for_status()
        return await answer.json(content_type=None)


async def pages(marks):
    async with aiohttp.ClientSession() as session:
        results = await asyncio.gather(*(page(session, mark) for mark in marks), return_exceptions=True)
    return len(results)
