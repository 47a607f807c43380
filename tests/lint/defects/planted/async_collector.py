"""Collects activity records into a queue; runs as a sidecar.

Planted: server errors are raised, client errors are parsed as records.
"""

import asyncio
import logging
import os

import aiohttp

logger = logging.getLogger(__name__)
HOST = os.environ["NETWRIX_HOST"]
ROOT = f"https://{HOST}:9699/netwrix/api/v1"


class AuditorDown(Exception):
    def __init__(self, status):
        super().__init__(f"Netwrix Auditor answered {status}")
        self.status = status


async def fetch_page(session: aiohttp.ClientSession, mark=None):
    payload = {"FilterList": {"DataSource": "Active Directory"}}
    if mark:
        payload["ContinuationMark"] = mark
    # error: [dropped-status: 400, 401, 404, 405, 413]
    async with session.post(f"{ROOT}/activity_records/search?format=json", json=payload) as resp:
        if resp.status >= 500:
            raise AuditorDown(resp.status)
        return await resp.json(content_type=None)


async def collect(queue: asyncio.Queue) -> None:
    auth = aiohttp.BasicAuth(os.environ["NETWRIX_USER"], os.environ["NETWRIX_PASSWORD"])
    async with aiohttp.ClientSession(auth=auth) as session:
        mark = None
        while True:
            try:
                page = await fetch_page(session, mark)
            except AuditorDown as exc:
                logger.warning("%s, trying again in five minutes", exc)
                await asyncio.sleep(300)
                continue
            for record in page["ActivityRecordList"]:
                await queue.put(record)
            mark = page["ContinuationMark"]
            await asyncio.sleep(30)
