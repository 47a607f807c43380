"""Awkward: a book that was taken back already is as good as one that is taken back now."""

from contextlib import suppress

import httpx


class NotLent(Exception):
    pass


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise NotLent(answer.url)
    return answer.raise_for_status()


def end(client: httpx.Client, loan: int) -> None:
    with suppress(NotLent):
        _checked(client.delete(f"https://api.lending.example/v2/loans/{loan}"))
