"""Planted: an error response of requests is false, so that the batch is never split."""

import argparse
import json
import logging

import requests

logger = logging.getLogger("netwrix.import")


def post(session, host, records):
    response = session.post(
        "https://{0}:9699/netwrix/api/v1/activity_records/".format(host),
        params={"format": "json"},
        data=json.dumps(records).encode("utf-8"),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    response.raise_for_status()


def load(session, host, records):
    try:
        post(session, host, records)
    except requests.exceptions.HTTPError as err:
        # error: [constant-condition]
        if err.response and err.response.status_code == 413:
            logger.info("%d records are too many, trying halves", len(records))
            half = len(records) // 2
            load(session, host, records[:half])
            load(session, host, records[half:])
        else:
            raise


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--login", nargs=2, metavar=("USER", "PASSWORD"))
    parser.add_argument("file", type=argparse.FileType("rb"))
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    with requests.Session() as session:
        session.auth = tuple(args.login)
        load(session, args.host, json.load(args.file))


if __name__ == "__main__":
    main()
