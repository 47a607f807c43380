"""Planted: the handler of the base class stands before that of TooLarge."""

import requests


class AuditorError(Exception):
    pass


class TooLarge(AuditorError):
    pass


def post(records):
    r = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records, timeout=3)
    if r.status_code == 413:
        raise TooLarge(len(records))
    if not r.ok:
        raise AuditorError(r.status_code)


def write(records):
    try:
        post(records)
    except AuditorError as error:
        raise SystemExit(f"auditor: {error}") from error
    # error: [shadowed-handler]
    except TooLarge:
        write(records[:500])
        write(records[500:])
