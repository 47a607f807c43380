"""Planted: the session raises for errors, but one request switches that off."""

import asyncio
import os

import aiohttp

BASE = os.getenv("NETWRIX_BASE", "https://localhost:9699/netwrix/api/v1")


class Mirror:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    @classmethod
    async def open(cls) -> "Mirror":
        auth = aiohttp.BasicAuth(os.environ["NETWRIX_USER"], os.environ["NETWRIX_PASSWORD"])
        return cls(aiohttp.ClientSession(auth=auth, raise_for_status=True, timeout=aiohttp.ClientTimeout(total=60)))

    async def search(self, filters: dict) -> list[dict]:
        async with self.session.post(f"{BASE}/activity_records/search?format=json", json=filters) as response:
            return (await response.json())["ActivityRecordList"]

    async def write(self, records: list[dict]) -> None:
        # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
        async with self.session.post(
            f"{BASE}/activity_records/?format=json", json=records, raise_for_status=False
        ) as response:
            await response.read()


async def main() -> None:
    mirror = await Mirror.open()
    try:
        records = await mirror.search({"FilterList": {"DataSource": "Exchange"}})
        await mirror.write([dict(record, Where="mirror") for record in records])
    finally:
        await mirror.session.close()


if __name__ == "__main__":
    asyncio.run(main())
