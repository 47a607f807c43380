import requests

from .base import Provider


class Shelf(Provider):
    def _request(self, action, url):
        answer = requests.request(action, f"https://shelf.example/books{url}")
        answer.raise_for_status()
        return answer.json()

    def books(self):
        return self._get()

    def renew(self):
        return self._put()
