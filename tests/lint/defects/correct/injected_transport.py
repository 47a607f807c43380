"""Awkward: an abstract transport, two of its kind, and a service that knows neither."""

import abc

import httpx
import requests


class Transport(abc.ABC):
    @abc.abstractmethod
    def post(self, path, payload): ...


class AuditorError(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class RequestsTransport(Transport):
    def __init__(self, base, auth):
        self._base, self._session = base, requests.Session()
        self._session.auth = auth

    def post(self, path, payload):
        answer = self._session.post(self._base + path, json=payload)
        if not answer:
            raise AuditorError(answer.status_code)
        return answer.content


class HttpxTransport(Transport):
    def __init__(self, base, auth):
        self._client = httpx.Client(base_url=base, auth=auth)

    def post(self, path, payload):
        answer = self._client.post(path, json=payload)
        if answer.is_error or answer.is_redirect:
            raise AuditorError(answer.status_code)
        return answer.content


class Writer:
    def __init__(self, transport: Transport):
        self.transport = transport

    def write(self, records):
        try:
            self.transport.post("/activity_records/?format=json", records)
        except AuditorError as error:
            if error.status == 413 and len(records) > 1:
                self.write(records[::2])
                self.write(records[1::2])
                return
            raise


def main():
    base = "https://auditor:9699/netwrix/api/v1"
    Writer(RequestsTransport(base, ("u", "p"))).write([])
    Writer(HttpxTransport(base, ("u", "p"))).write([])
