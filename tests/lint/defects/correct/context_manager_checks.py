"""Awkward: the check is the exit of a context manager of the project's own."""

import contextlib
import time

import requests


class Failed(Exception):
    pass


@contextlib.contextmanager
def answered(response):
    """Give the response to the block if it is a success, and close it in any case."""
    started = time.perf_counter()
    try:
        if response.status_code != requests.codes.ok:
            raise Failed(f"{response.status_code} after {time.perf_counter() - started:.1f} s: {response.text}")
        yield response
    finally:
        response.close()


class Store:
    def __init__(self, host, auth):
        self.base = "https://" + host + ":9699" + "/netwrix/api/v1"
        self.auth = auth

    def newest(self):
        url = self.base + "/activity_records/enum?format=json&count=1"
        with answered(requests.get(url, auth=self.auth, stream=True)) as response:
            return response.json()["ActivityRecordList"]

    def write(self, records):
        url = self.base + "/activity_records/?format=json"
        with contextlib.ExitStack() as stack:
            stack.enter_context(answered(requests.post(url, auth=self.auth, json=records)))
            return len(records)


if __name__ == "__main__":
    store = Store("auditor.corp.example", ("CORP\\store", "secret"))
    print(store.newest())
