"""Planted: taking a book back answers 204 without a body, which is decoded."""

import requests


def end(session: requests.Session, loan: int):
    answer = session.delete(f"https://api.lending.example/v2/loans/{loan}")
    answer.raise_for_status()
    return answer.json()  # error: [empty-body-read: 204]
