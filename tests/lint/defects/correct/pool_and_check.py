"""Awkward: urllib3 without preloading, a check that is an object, and a release in `finally`."""

import json

import urllib3


class Accept:
    def __init__(self, *statuses):
        self.statuses = set(statuses)

    def __call__(self, response):
        if response.status not in self.statuses:
            raise RuntimeError(f"{response.status} {response.reason}")
        return response


only_ok = Accept(200)
pool = urllib3.PoolManager(headers=urllib3.make_headers(basic_auth="a:b"), retries=False)


def retrieve(host):
    response = pool.request(
        "GET", f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json", preload_content=False
    )
    try:
        return json.load(only_ok(response))
    finally:
        response.release_conn()
