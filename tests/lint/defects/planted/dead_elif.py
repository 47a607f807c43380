"""Planted: the branch for 404 stands behind one for all client errors."""

import requests


def loan(session: requests.Session, number):
    answer = session.get(f"https://api.lending.example/v2/loans/{number}")
    if answer.status_code >= 500:
        raise ConnectionError
    elif answer.status_code >= 400:
        raise ValueError(answer.text)
    elif answer.status_code == 404:  # error: [unreachable-branch: 404]
        return None
    return answer.json()
