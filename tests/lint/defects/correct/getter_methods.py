"""Awkward: Java in Python: getters, a builder, a factory and an interface of exceptions."""

import requests


class Response:
    def __init__(self, inner):
        self.__inner = inner

    def getStatus(self):
        return self.__inner.status_code

    def getBody(self):
        return self.__inner.json()

    def isSuccessful(self):
        return self.getStatus() in range(200, 300)


class RequestBuilder:
    def __init__(self):
        self._path = self._body = None

    def path(self, path):
        self._path = path
        return self

    def body(self, body):
        self._body = body
        return self

    def post(self):
        return Response(requests.post("https://auditor:9699/netwrix/api/v1" + self._path, json=self._body))


class AuditorService:
    @staticmethod
    def search(query):
        response = RequestBuilder().path("/activity_records/search").body(query).post()
        if response.isSuccessful():
            return response.getBody()
        raise RuntimeError("status " + str(response.getStatus()))
