"""Awkward: an abstract client with a template method, a Protocol for its check, and dependency injection."""

from abc import ABC, abstractmethod
from typing import Protocol

import requests


class Check(Protocol):
    def __call__(self, response: requests.Response) -> requests.Response: ...


class StrictCheck:
    def __call__(self, response: requests.Response) -> requests.Response:
        if response.status_code > 299:
            raise ConnectionError(response.status_code)
        return response


class Base(ABC):
    def __init__(self, check: Check = StrictCheck()) -> None:
        self.check = check
        self.http = requests.Session()

    @property
    @abstractmethod
    def path(self) -> str: ...

    def run(self, body):
        return self.check(self.http.post(f"https://auditor:9699/netwrix/api/v1{self.path}", json=body))


class Writer(Base):
    path = "/activity_records/"


class Searcher(Base):
    @property
    def path(self) -> str:
        return "/activity_records/search"


def main():
    Writer().run([])
    return Searcher().run({}).json()
