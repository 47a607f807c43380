"""Planted: a loan is renewed with PUT, where the API takes PATCH, at an address with a number that nobody knows."""

import requests


class Loan:
    def __init__(self, number, session):
        self.number = number
        self.session = session

    @property
    def url(self):
        return f"https://api.lending.example/v2/loans/{self.number}"

    def renew(self):
        answer = self.session.put(self.url)  # error: [unknown-operation]
        answer.raise_for_status()


def renew_all(numbers):
    session = requests.Session()
    for number in numbers:
        Loan(number, session).renew()
