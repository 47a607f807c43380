"""Planted: the range ends at 500; the server's own errors count as written."""

import aiohttp
import attrs


@attrs.define
class UploadError(Exception):
    status: int
    reason: str


@attrs.define
class Uploader:
    session: aiohttp.ClientSession
    base: str = "https://auditor.corp.example:9699/netwrix/api/v1"
    uploaded: int = 0

    async def upload(self, records: list[dict]) -> None:
        # error: [dropped-status: 500, 503]
        response = await self.session.post(f"{self.base}/activity_records/", params={"format": "json"}, json=records)
        try:
            if 400 <= response.status < 500:
                raise UploadError(response.status, response.reason)
            self.uploaded += len(records)
        finally:
            response.release()


async def upload_lines(path: str, user: str, password: str) -> int:
    import json

    async with aiohttp.ClientSession(auth=aiohttp.BasicAuth(user, password)) as session:
        uploader = Uploader(session)
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                await uploader.upload([json.loads(line)])
        return uploader.uploaded
