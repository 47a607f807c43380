"""Planted: stamina repeats the write for every HTTP error, a record that does not fit included."""

import httpx
import stamina


@stamina.retry(on=httpx.HTTPError, attempts=5)
def write(client: httpx.Client, records):
    # error: [retry-not-retryable: 400, 404, 405, 413]
    response = client.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records)
    response.raise_for_status()


def main(records):
    with httpx.Client() as client:
        write(client, records)
