"""Awkward: a script that leaves by `parser.error`, and a helper that never comes back."""

import argparse
import sys
from typing import NoReturn

import requests


def die(text) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("who")
    asked = parser.parse_args()
    answer = requests.post(
        "https://auditor:9699/netwrix/api/v1/activity_records/search?format=json",
        json={"FilterList": {"Who": asked.who}},
    )
    if answer.status_code == 400:
        parser.error(f"{asked.who!r} is no name")
    elif answer.status_code != 200:
        die(f"status {answer.status_code}")
    print(len(answer.json()["ActivityRecordList"]))


if __name__ == "__main__":
    main()
