"""Planted: 202 of an export that is at work has no body; it is decoded like a finished one."""

import httpx


def export(client: httpx.Client, name: str) -> dict:
    answer = client.get(f"https://api.lending.example/v2/exports/{name}")
    answer.raise_for_status()
    return answer.json()  # error: [empty-body-read: 202]
