"""Awkward: an opener of its own, and the code of the HTTPError is matched."""

import json
import urllib.error
import urllib.request


class TooLarge(ValueError):
    pass


class Unavailable(OSError):
    pass


def opener(user, password, host):
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, f"https://{host}:9699/", user, password)
    return urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))


def write(opened, host, records):
    request = urllib.request.Request(
        f"https://{host}:9699/netwrix/api/v1/activity_records/?format=json",
        data=json.dumps(records).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with opened.open(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        match error.code:
            case 413:
                raise TooLarge(len(records)) from error
            case 500 | 503:
                raise Unavailable(error.reason) from error
            case _:
                raise
