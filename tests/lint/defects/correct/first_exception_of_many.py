"""Awkward: gather keeps the exceptions, and the first is raised after all have ended."""

import asyncio

import aiohttp


class Pump:
    def __init__(self, host):
        self.url = f"https://{host}:9699/netwrix/api/v1/activity_records/"

    async def _one(self, session, batch):
        async with session.post(self.url, json=batch, params={"format": "json"}) as answer:
            if answer.status == 413:
                middle = len(batch) // 2
                await self._one(session, batch[:middle])
                return await self._one(session, batch[middle:])
            answer.raise_for_status()

    async def all(self, batches):
        async with aiohttp.ClientSession() as session:
            done = await asyncio.gather(*(self._one(session, one) for one in batches), return_exceptions=True)
        broken = [one for one in done if isinstance(one, BaseException)]
        if broken:
            raise broken[0]
        return len(done)
