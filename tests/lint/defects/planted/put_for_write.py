"""Planted: records are written with PUT, chosen by a helper for "idempotent" writes."""

import asyncio

import aiohttp


class AuditTrail:
    def __init__(self, host: str, login: str, password: str) -> None:
        self._base = f"https://{host}:9699/netwrix/api/v1"
        self._auth = aiohttp.BasicAuth(login, password)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "AuditTrail":
        self._session = aiohttp.ClientSession(auth=self._auth, raise_for_status=True)
        return self

    async def __aexit__(self, *exc_info) -> None:
        await self._session.close()

    async def _send(self, verb: str, path: str, payload) -> str:
        async with self._session.request(verb, self._base + path, json=payload) as response:
            return await response.text()

    async def store(self, records: list[dict]) -> None:
        await self._send("PUT", "/activity_records/?format=json", records)  # error: [wrong-method] "POST"

    async def search(self, filters: dict) -> str:
        return await self._send("POST", "/activity_records/search?format=json", {"FilterList": filters})


async def main() -> None:
    async with AuditTrail("auditor.corp.example", "CORP\\trail", "secret") as trail:
        await trail.store([{"Who": "CORP\\jdoe", "Action": "Read", "What": "/payroll", "Where": "fs1"}])


if __name__ == "__main__":
    asyncio.run(main())
