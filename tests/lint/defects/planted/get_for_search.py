"""Planted: a search is sent with GET; it takes POST only."""

import json
import sys

import requests
import yaml


def load_settings(path="~/.netwrix.yml"):
    with open(path) as stream:
        return yaml.safe_load(stream)


def query(settings, text):
    base = f"https://{settings['server']}:9699/netwrix/api/v1"
    r = requests.get(  # error: [wrong-method] "POST"
        f"{base}/activity_records/search",
        params={"format": "json", "filter": json.dumps({"What": {"Contains": text}})},
        auth=(settings["user"], settings["password"]),
        verify=settings.get("ca", True),
    )
    if r.status_code == 401:
        sys.exit("login failed, see ~/.netwrix.yml")
    if r.status_code != 200:
        sys.exit(f"server says {r.status_code}: {r.text or 'nothing'}")
    return r.json()["ActivityRecordList"]


def main(argv=None):
    words = (argv or sys.argv[1:])
    if not words:
        sys.exit("usage: get_for_search.py WORD...")
    settings = load_settings()
    for word in words:
        for record in query(settings, word):
            print(f"{record['When']}  {record['Who']:<24} {record['Action']:<10} {record['What']}")


if __name__ == "__main__":
    main()
