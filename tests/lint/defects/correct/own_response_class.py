"""Awkward: the project wraps the answer, and tests properties of its own class."""

import json
import urllib.error
import urllib.parse
import urllib.request


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def ok(self):
        return 200 <= self.status <= 299

    @property
    def busy(self):
        return self.status == 503

    def json(self):
        return json.loads(self.body)

    def __bool__(self):
        return self.ok


class Http:
    """urllib, without its exceptions for statuses."""

    def __init__(self, base, opener):
        self.base = base
        self.opener = opener

    def send(self, method, path, query=None, data=None):
        url = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        request = urllib.request.Request(url, method=method, data=data and json.dumps(data).encode())
        try:
            with self.opener.open(request) as reply:
                return Answer(reply.status, reply.headers, reply.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())


class Auditor:
    def __init__(self, host, opener=None):
        opener = opener or urllib.request.build_opener()
        self.http = Http("https://%s:9699/netwrix/api/v1" % host, opener)

    def write(self, records):
        answer = self.http.send("POST", "/activity_records/", {"format": "json"}, records)
        if answer.busy:
            return False
        if not answer.ok:
            raise OSError(answer.status, answer.body)
        return True

    def search(self, filters):
        answer = self.http.send("POST", "/activity_records/search", {"format": "json"}, {"FilterList": filters})
        if answer:
            return answer.json()["ActivityRecordList"]
        raise OSError(answer.status, answer.body)
