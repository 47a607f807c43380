"""Awkward: None for what is not there, everything else comes out as an exception of the library."""

from __future__ import annotations

import aiohttp


async def find(session: aiohttp.ClientSession, number: int) -> dict | None:
    try:
        async with session.get(f"https://api.lending.example/v2/loans/{number}", raise_for_status=True) as answer:
            return await answer.json()
    except aiohttp.ClientResponseError as error:
        if error.status == 404:
            return None
        raise
