"""Planted: an ExitStack suppresses every error of the library, wrong passwords included."""

from contextlib import ExitStack, suppress

import requests


def warm_up(session: requests.Session) -> None:
    with ExitStack() as stack:
        stack.enter_context(suppress(requests.RequestException))
        # error: [dropped-status: 400, 401, 404, 405, 413, 500]
        answer = session.get("https://auditor:9699/netwrix/api/v1/activity_records/enum?format=json")
        answer.raise_for_status()
    print("read a page")
