"""Planted: a conditional request, and 304 is decoded."""

import requests


class Loans:
    def __init__(self):
        self.session = requests.Session()
        self.etags = {}

    def get(self, loan):
        # error: [redirect-passes-check: 304]
        answer = self.session.get(
            f"https://api.lending.example/v2/loans/{loan}", headers={"If-None-Match": self.etags.get(loan, "")}
        )
        answer.raise_for_status()
        self.etags[loan] = answer.headers["ETag"]
        return answer.json()
