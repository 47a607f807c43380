"""Planted: expects 201 Created; this API says 200, so that every upload ends in UploadFailed."""

from dataclasses import asdict, dataclass
from http import HTTPStatus

import httpx


class UploadFailed(Exception):
    def __init__(self, response: httpx.Response):
        super().__init__(f"upload refused with {response.status_code}")
        self.response = response


@dataclass
class Record:
    Who: str
    Action: str
    What: str
    When: str
    Where: str
    ObjectType: str = "Badge"


class BadgeReaderUploader:
    def __init__(self, client: httpx.Client):
        self.client = client

    @classmethod
    def connect(cls, host: str, user: str, password: str) -> "BadgeReaderUploader":
        client = httpx.Client(base_url=f"https://{host}:9699/netwrix/api/v1/", auth=(user, password))
        return cls(client)

    def upload(self, records: list[Record]) -> None:
        payload = [asdict(record) for record in records]
        response = self.client.post("activity_records/", params={"format": "json"}, json=payload)
        if response.status_code != HTTPStatus.CREATED:  # error: [undocumented-status: 201]
            raise UploadFailed(response)


def upload_day(path: str, uploader: BadgeReaderUploader) -> None:
    with open(path, encoding="utf-8") as lines:
        uploader.upload([Record(*line.rstrip("\n").split(";")) for line in lines])
