"""Awkward: `not in` over `http.HTTPStatus` members, `any` over ranges, and De Morgan."""

from http import HTTPStatus

import requests

GOOD = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}


def lend(book):
    answer = requests.post("https://api.lending.example/v2/loans", json={"book": book})
    if not (answer.status_code in GOOD or answer.status_code == HTTPStatus.CONFLICT):
        answer.raise_for_status()
        raise RuntimeError(f"{answer.status_code} was not expected")
    return None if HTTPStatus.CONFLICT is HTTPStatus(answer.status_code) else answer.json()
