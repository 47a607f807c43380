"""Awkward: aiohttp calls a coroutine of the project for every answer."""

import aiohttp


class Refused(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


async def complain(response: aiohttp.ClientResponse) -> None:
    if response.status != 200:
        raise Refused(response.status)


async def retrieve(host):
    async with aiohttp.ClientSession(
        base_url=f"https://{host}:9699", raise_for_status=complain, auth=aiohttp.BasicAuth("u", "p")
    ) as session:
        async with session.get("/netwrix/api/v1/activity_records/enum?format=json") as response:
            return await response.json(content_type=None)
