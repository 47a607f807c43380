"""Awkward: backoff with a predicate on values and another that gives up."""

import backoff
import httpx


@backoff.on_predicate(backoff.fibo, lambda answer: answer.status_code == 503, max_tries=4)
def _post(client, path, body):
    return client.post("https://auditor:9699/netwrix/api/v1" + path, json=body)


def write(client: httpx.Client, records):
    _post(client, "/activity_records/", records).raise_for_status()


@backoff.on_exception(
    backoff.expo, httpx.HTTPStatusError, max_tries=3, giveup=lambda error: error.response.status_code not in (500, 503)
)
def search(client: httpx.Client, query):
    answer = _post(client, "/activity_records/search?format=json", query)
    answer.raise_for_status()
    return answer.json()
