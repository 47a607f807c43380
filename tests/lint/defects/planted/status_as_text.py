"""Planted: the status, a number, is compared with a string; every answer ends in ApiError."""

from typing import Any, Dict, List, Optional

import requests
from pydantic import BaseSettings


class Settings(BaseSettings):
    netwrix_host: str = "localhost"
    netwrix_port: int = 9699
    netwrix_user: str = ""
    netwrix_password: str = ""

    @property
    def api_root(self) -> str:
        return f"https://{self.netwrix_host}:{self.netwrix_port}/netwrix/api/v1"


settings = Settings()


class ApiError(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"HTTP {status}: {text}")


def retrieve(count: int = 1000, mark: Optional[str] = None) -> Dict[str, Any]:
    response = requests.request(
        "GET" if mark is None else "POST",
        f"{settings.api_root}/activity_records/enum",
        params={"format": "json", "count": count},
        json=mark,
        auth=(settings.netwrix_user, settings.netwrix_password),
    )
    if response.status_code == "200":  # error: [constant-condition]
        return response.json()
    raise ApiError(response.status_code, response.text)


def retrieve_all() -> List[Dict[str, Any]]:
    page = retrieve()
    records = []
    while page["ActivityRecordList"]:
        records += page["ActivityRecordList"]
        page = retrieve(mark=page["ContinuationMark"])
    return records
