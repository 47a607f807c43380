"""Awkward: a script without functions of its own worth a name, and a helper that ends it."""

import os
import sys

import requests


def die_unless(condition, message="something is wrong", code=1):
    if not condition:
        print(message, file=sys.stderr)
        sys.exit(code)


die_unless(len(sys.argv) == 3, "usage: exit_unless_ok.py HOST FILE")
host, name = sys.argv[1:]
login = os.environ["NETWRIX_USER"], os.environ["NETWRIX_PASSWORD"]
url = "https://" + host + ":9699/netwrix/api/v1/activity_records"

# The add-ons of the vendor send this without the slash at the end, and the server takes it.
with open(name, "rb") as source:
    r = requests.post(url, params={"format": "json"}, data=source, auth=login)
die_unless(r.status_code == requests.codes["ok"], f"{host} answered {r.status_code}: {r.text}", 2)

r = requests.post(url + "/search?format=json&count=1", json={"FilterList": {"Where": name}}, auth=login)
if r.status_code != 200:
    sys.exit(f"{host} answered {r.status_code} to a search")
newest, *_ = r.json()["ActivityRecordList"] or [None]
print("written;", "newest is " + newest["When"] if newest else "nothing is there yet")

r = requests.get(url + "/enum?format=json&count=" + os.environ.get("COUNT", "10"), auth=login)
try:
    r.raise_for_status()
except requests.HTTPError as e:
    sys.exit(str(e))
for record in r.json()["ActivityRecordList"]:
    print(record["When"], record["Who"])
