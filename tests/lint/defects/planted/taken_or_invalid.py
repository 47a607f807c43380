"""Planted: 409, which every client has to handle, ends in the same None as all others."""

import aiohttp


async def lend(session: aiohttp.ClientSession, book: str):
    # error: [collapsed-status: 409]
    async with session.post("https://api.lending.example/v2/loans", json={"book": book}) as answer:
        if answer.status != 201:
            return None
        return (await answer.json())["id"]
