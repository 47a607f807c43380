"""Planted: an assert is the only check of the answer."""

import collections
import datetime
import os
import sys

import requests

server = os.environ["NETWRIX_SERVER"]
login = (os.environ["NETWRIX_LOGIN"], os.environ["NETWRIX_PASSWORD"])
yesterday = datetime.date.today() - datetime.timedelta(days=1)

query = {
    "FilterList": {
        "When": {"From": f"{yesterday}T00:00:00Z", "To": f"{yesterday}T23:59:59Z"},
        "DataSource": "Group Policy",
    }
}

session = requests.Session()
session.auth = login
counts = collections.Counter()

while True:
    response = session.post(f"https://{server}:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    assert response.status_code == 200, response.text  # error: [assert-as-check: 400, 401, 404, 405, 413, 500]
    page = response.json()
    if not page["ActivityRecordList"]:
        break
    for record in page["ActivityRecordList"]:
        counts[record["What"]] += 1
    query["ContinuationMark"] = page["ContinuationMark"]

for policy, changes in counts.most_common():
    print(f"{changes:6d}  {policy}")

sys.exit(0 if not counts else 3)
