"""Awkward: a script whose exit codes say what went wrong, by a table."""

import argparse
import os
import sys

import requests

EXIT = {200: os.EX_OK, 400: os.EX_DATAERR, 401: os.EX_NOPERM, 413: os.EX_DATAERR, 503: os.EX_TEMPFAIL}


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("file", type=argparse.FileType("rb"))
    options = parser.parse_args(argv)
    response = requests.post(
        "https://%s:9699/netwrix/api/v1/activity_records/" % options.host, data=options.file, timeout=60
    )
    code = EXIT.get(response.status_code, os.EX_SOFTWARE)
    if code:
        print(f"auditor: {response.status_code} {response.reason}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
