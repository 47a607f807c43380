"""Awkward: a class with `__aiter__` and `__anext__` asks for pages, and checks them in the second."""

import httpx


class Pages:
    def __init__(self, client: httpx.AsyncClient):
        self.client = client
        self.mark = None

    def __aiter__(self):
        return self

    async def __anext__(self):
        answer = await self.client.post(
            "https://auditor:9699/netwrix/api/v1/activity_records/enum?format=json", json=self.mark
        )
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(answer.status_code)
        page = answer.json()
        if not page["ActivityRecordList"]:
            raise StopAsyncIteration
        self.mark = page["ContinuationMark"]
        return page["ActivityRecordList"]


async def count():
    async with httpx.AsyncClient() as client:
        return sum([len(page) async for page in Pages(client)])
