"""Awkward: the condition is put into the headers by a helper, and 304 is told apart by the caller."""

import requests

_etags = {}


def _headers(url):
    return {"If-None-Match": _etags[url][0]} if url in _etags else {}


def loan(number):
    url = f"https://api.lending.example/v2/loans/{number}"
    answer = requests.get(url, headers=_headers(url), timeout=5)
    if answer.status_code == 304:
        return _etags[url][1]
    answer.raise_for_status()
    _etags[url] = answer.headers["ETag"], answer.json()
    return _etags[url][1]
