"""Awkward: tables are MappingProxyType and frozenset, the function for a status comes by `dict.get` or a method."""

from types import MappingProxyType
from typing import Final

import requests

RETRYABLE: Final = frozenset(range(500, 600)) - {501, 505}


class Client:
    def _ok(self, answer):
        return answer.json()

    def _bad(self, answer):
        raise ValueError(answer.text)

    def _other(self, answer):
        if answer.status_code in RETRYABLE:
            raise TimeoutError(answer.reason)
        raise RuntimeError(answer.status_code)

    _table = MappingProxyType({200: "_ok", 400: "_bad"})

    def search(self, query):
        answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
        return getattr(self, self._table.get(answer.status_code, "_other"))(answer)
