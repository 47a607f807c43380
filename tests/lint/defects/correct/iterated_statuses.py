"""Awkward: a generator asks and yields the status with the answer; the loop over it leaves at the first that counts."""

import itertools
import time

import niquests

API = "https://api.lending.example/v2"


def attempts(session, book):
    for pause in itertools.chain((0,), itertools.repeat(5, 3)):
        time.sleep(pause)
        answer = session.post(f"{API}/loans", json={"book": book})
        yield answer.status_code, answer


def lend(session: niquests.Session, book: str):
    for status, answer in attempts(session, book):
        if status == 201:
            return answer.json()["id"]
        if status == 409:
            return None
        if status not in {429, 503}:
            raise ValueError(status)
        time.sleep(float(answer.headers.get("Retry-After", "1")))
    raise TimeoutError(book)
