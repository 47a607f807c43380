"""Awkward: an ExitStack holds the answers of several hosts; callbacks close them, the loop checks them all."""

from contextlib import ExitStack, closing

import requests


def first_pages(hosts):
    with ExitStack() as stack:
        answers = [
            stack.enter_context(
                closing(requests.get(f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json", stream=True))
            )
            for host in hosts
        ]
        if not all(answer.ok for answer in answers):
            raise RuntimeError([answer.status_code for answer in answers])
        return [answer.json() for answer in answers]
