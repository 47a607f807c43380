"""Awkward: a Result with `map`, `and_then` and `unwrap`; the last raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests


@dataclass(frozen=True)
class Result:
    value: Any = None
    error: int | None = None

    def map(self, function: Callable[[Any], Any]) -> Result:
        return self if self.error is not None else Result(function(self.value))

    def and_then(self, function: Callable[[Any], Result]) -> Result:
        return self if self.error is not None else function(self.value)

    def unwrap(self) -> Any:
        if self.error is not None:
            raise RuntimeError(f"status {self.error}")
        return self.value


def call(path: str, **kwargs: Any) -> Result:
    answer = requests.post("https://auditor:9699/netwrix/api/v1" + path, **kwargs)
    return Result(answer) if answer.status_code == 200 else Result(error=answer.status_code)


def removed() -> list[str]:
    return (
        call("/activity_records/search", params={"format": "json"}, json={"FilterList": {"Action": "Removed"}})
        .map(lambda answer: answer.json())
        .map(lambda page: [record["What"] for record in page["ActivityRecordList"]])
        .unwrap()
    )
