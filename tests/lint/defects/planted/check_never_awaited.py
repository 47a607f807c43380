"""Planted: the check is a coroutine, and nobody awaits it."""

import httpx


class Refused(Exception):
    pass


async def check(response):
    if response.status_code != 200:
        raise Refused(response.status_code)


async def search(client: httpx.AsyncClient, filters):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
    response = await client.post(
        "https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json={"FilterList": filters}
    )
    check(response)
    return response.json()["ActivityRecordList"]
