"""Awkward: functions are registered for statuses by a decorator with several arguments, with a default for the rest."""

import requests


class Router:
    def __init__(self):
        self._handlers = {}
        self._default = None

    def on(self, *codes):
        def register(function):
            self._handlers.update(dict.fromkeys(codes, function))
            return function

        return register

    def otherwise(self, function):
        self._default = function
        return function

    def dispatch(self, answer):
        return self._handlers.get(answer.status_code, self._default)(answer)


router = Router()


@router.on(200, 201)
def done(answer):
    return True


@router.on(401)
def login(answer):
    raise PermissionError(answer.url)


@router.otherwise
def fail(answer):
    raise RuntimeError(answer.status_code)


def write(records):
    return router.dispatch(requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records))
