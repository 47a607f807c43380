#!/usr/bin/env python
"""Export all activity records to a CSV file, every night.

Planted: the first page is checked, the pages after it are not.
"""

import argparse
import csv
import getpass

import requests

BASE_URL = "https://{host}:9699/netwrix/api/v1/activity_records"
COLUMNS = ["When", "Who", "Action", "ObjectType", "What", "Where"]


def first_page(session, host):
    response = session.get(BASE_URL.format(host=host) + "/enum", params={"format": "json", "count": 1000})
    response.raise_for_status()
    return response.json()


def next_page(session, host, mark):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500]
    page = session.post(BASE_URL.format(host=host) + "/enum", params={"format": "json", "count": 1000}, json=mark)
    return page.json()


def records(session, host):
    page = first_page(session, host)
    while page["ActivityRecordList"]:
        yield from page["ActivityRecordList"]
        page = next_page(session, host, page["ContinuationMark"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("host")
    parser.add_argument("output", type=argparse.FileType("w", encoding="utf-8"))
    options = parser.parse_args()
    with requests.Session() as session:
        session.auth = (input("User: "), getpass.getpass())
        writer = csv.DictWriter(options.output, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(records(session, options.host))


if __name__ == "__main__":
    main()
