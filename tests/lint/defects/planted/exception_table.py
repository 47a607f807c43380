"""Planted: the table of exceptions lacks 404 and 405, and only what stands in it is raised."""

import requests


class NetwrixError(Exception):
    """Base of all errors of the API."""


class BadRequest(NetwrixError):
    pass


class LoginRequired(NetwrixError):
    pass


class TooLarge(NetwrixError):
    pass


class ServerFault(NetwrixError):
    pass


ERRORS = {400: BadRequest, 401: LoginRequired, 413: TooLarge, 500: ServerFault}


def raise_for_netwrix(response: requests.Response) -> None:
    error = ERRORS.get(response.status_code)
    if error is not None:
        raise error(response.text or response.reason)


class Api:
    def __init__(self, host: str, auth: tuple) -> None:
        self.root = f"https://{host}:9699/netwrix/api/v1"
        self.auth = auth

    def search(self, body: dict) -> dict:
        response = requests.post(  # error: [dropped-status: 404, 405]
            f"{self.root}/activity_records/search", params={"format": "json"}, json=body, auth=self.auth
        )
        raise_for_netwrix(response)
        return response.json()


def users_seen(api: Api) -> set[str]:
    body = {"FilterList": {"Action": "Successful Logon"}}
    seen: set[str] = set()
    while (page := api.search(body))["ActivityRecordList"]:
        seen.update(record["Who"] for record in page["ActivityRecordList"])
        body["ContinuationMark"] = page["ContinuationMark"]
    return seen
