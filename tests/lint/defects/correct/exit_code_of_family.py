"""Awkward: a script without functions whose exit code is the family of the status minus two."""

import argparse
import sys

import requests

parser = argparse.ArgumentParser()
parser.add_argument("who")
asked = parser.parse_args()

answer = requests.post(
    "https://auditor:9699/netwrix/api/v1/activity_records/search",
    params={"format": "json"},
    json={"FilterList": {"Who": asked.who}},
)
if family := answer.status_code // 100 - 2:
    print(answer.reason, file=sys.stderr)
    sys.exit(family)
for record in answer.json()["ActivityRecordList"]:
    print(record["What"])
