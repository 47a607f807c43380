"""Planted: waits a second after a 429, whatever Retry-After says."""

import time

import httpx


def loans(client: httpx.Client) -> list:
    # error: [retry-after-ignored: 429]
    while (answer := client.get("https://api.lending.example/v2/loans")).status_code == 429:
        time.sleep(1)
    answer.raise_for_status()
    return answer.json()
