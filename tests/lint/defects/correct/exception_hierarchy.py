"""Awkward: an exception class for each status, made by a loop over a table."""

import httpx


class AuditorError(Exception):
    """Base class; `status` is that of the answer."""

    status: int | None = None

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response.text or response.reason_phrase)
        self.response = response


class BadRequest(AuditorError):
    status = 400


class Unauthorized(AuditorError):
    status = 401


class NotThere(AuditorError):
    status = 404


class TooLarge(AuditorError):
    status = 413


class Busy(AuditorError):
    status = 503


BY_STATUS = {cls.status: cls for cls in AuditorError.__subclasses__()}


def checked(response: httpx.Response) -> httpx.Response:
    if response.status_code >= 400:
        raise BY_STATUS.get(response.status_code, AuditorError)(response)
    return response


class Writer:
    def __init__(self, host: str, **options) -> None:
        self.client = httpx.Client(base_url=f"https://{host}:9699/netwrix/api/v1", **options)

    def write(self, records: list[dict]) -> None:
        try:
            checked(self.client.post("/activity_records/", params={"format": "json"}, json=records))
        except TooLarge:
            middle = len(records) // 2
            self.write(records[:middle])
            self.write(records[middle:])

    def search(self, filters: dict) -> list[dict]:
        response = self.client.post("/activity_records/search", params={"format": "json"}, json={"FilterList": filters})
        return checked(response).json()["ActivityRecordList"]
