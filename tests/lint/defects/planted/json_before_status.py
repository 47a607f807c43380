"""Planted: the body is parsed before the status is looked at, and four statuses have no body."""

import asyncio
import typing

import httpx


class SearchFailed(Exception):
    pass


class AsyncSearch:
    def __init__(self, host: str, auth: httpx.Auth | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=httpx.URL(f"https://{host}:9699/netwrix/api/v1/"), auth=auth, params={"format": "json"}
        )

    async def __aenter__(self):
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *args):
        await self._client.__aexit__(*args)

    async def pages(self, filters: dict) -> typing.AsyncIterator[list[dict]]:
        query: dict = {"FilterList": filters}
        while True:
            response = await self._client.post("activity_records/search", json=query)
            data = response.json()  # error: [empty-body-read: 401, 404, 405, 413]
            if response.status_code != 200:
                raise SearchFailed(data["ErrorList"][0]["Description"])
            if not data["ActivityRecordList"]:
                return
            yield data["ActivityRecordList"]
            query["ContinuationMark"] = data["ContinuationMark"]


async def main() -> None:
    async with AsyncSearch("auditor.corp.example") as search:
        async for page in search.pages({"Action": "Removed"}):
            for record in page:
                print(record["When"], record["What"])


if __name__ == "__main__":
    asyncio.run(main())
