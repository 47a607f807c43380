"""Planted: a TypedDict with an `ok` that is true for the wrong statuses."""

from typing import TypedDict

import requests


class Outcome(TypedDict):
    ok: bool
    text: str


def write(records) -> Outcome:
    # error: [dropped-status: 400, 401, 404, 405, 413]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    return {"ok": answer.status_code < 500, "text": answer.text}


def main(records):
    outcome = write(records)
    if not outcome["ok"]:
        raise SystemExit(outcome["text"])
    print("all written")
