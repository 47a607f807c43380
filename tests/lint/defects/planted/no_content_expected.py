"""Planted: the end of a loan is expected to be 200 or 202, and is 204."""

import aiohttp


async def end(session: aiohttp.ClientSession, loan):
    async with session.delete(f"https://api.lending.example/v2/loans/{loan}") as answer:
        if answer.status not in (200, 202):  # error: [undocumented-status: 200, 202]
            raise RuntimeError(answer.status)
