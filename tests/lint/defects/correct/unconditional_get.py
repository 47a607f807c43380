"""Awkward: the answer for what has not changed comes to conditional requests alone, and this one has no condition."""

import requests


class Loans:
    def __init__(self, token):
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, number):
        answer = self.session.get(f"https://api.lending.example/v2/loans/{number}", timeout=5)
        answer.raise_for_status()
        return answer.json()
