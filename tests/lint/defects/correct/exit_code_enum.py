"""Awkward: an IntEnum of exit codes is chosen by ranges, and given to sys.exit."""

import enum
import sys

import httpx


class Exit(enum.IntEnum):
    DONE = 0
    REFUSED = 3
    BROKEN = 4


def main(argv):
    answer = httpx.post("https://auditor:9699/netwrix/api/v1/activity_records/", content=open(argv[1], "rb").read())
    if answer.is_client_error:
        code = Exit.REFUSED
    elif answer.is_server_error:
        code = Exit.BROKEN
    else:
        code = Exit.DONE
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv)
