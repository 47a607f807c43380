"""Planted: the exit code of the script is 0 for a status that ends in 0."""

import argparse
import sys

import requests


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("who")
    asked = parser.parse_args()
    # error: [dropped-status: 400, 500]
    answer = requests.post(
        "https://auditor:9699/netwrix/api/v1/activity_records/search",
        params={"format": "json"},
        json={"FilterList": {"Who": asked.who}},
    )
    if answer.status_code % 100:
        sys.stderr.write(f"status {answer.status_code}\n")
        return 1
    for record in answer.json()["ActivityRecordList"]:
        print(record["What"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
