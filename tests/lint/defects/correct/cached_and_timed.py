"""Awkward: decorators upon decorators: lru_cache, a timer with wraps, and one that checks."""

import functools
import time

import httpx


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        began = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            print(function.__name__, time.perf_counter() - began)

    return wrapper


def checked(*good):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            answer = function(*args, **kwargs)
            if answer.status_code not in good:
                raise RuntimeError(f"{function.__name__}: {answer.status_code}")
            return answer

        return wrapper

    return decorate


@functools.lru_cache(maxsize=None)
@timed
@checked(200, 203)
def first(host):
    return httpx.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json")


def names(host):
    return [record["Who"] for record in first(host).json()["ActivityRecordList"]]
