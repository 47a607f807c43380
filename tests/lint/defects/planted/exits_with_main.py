"""Planted: only 401 is told apart, in a script that ends in `sys.exit(main())`."""

import sys

import requests


def main() -> int:
    # error: [dropped-status: 400, 404, 405, 413, 500, 503]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", data=sys.stdin.buffer)
    if answer.status_code == 401:
        print("login", file=sys.stderr)
        return 1
    print("written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
