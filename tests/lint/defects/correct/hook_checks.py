"""Awkward: a hook of the session looks at every answer."""

import functools
import logging

import requests

logger = logging.getLogger(__name__)


class AuditorError(requests.HTTPError):
    pass


def _check(response, *args, **kwargs):
    if response.status_code >= 400:
        logger.error("%s %s -> %s", response.request.method, response.url, response.status_code)
        raise AuditorError(response.reason, response=response)


@functools.lru_cache(maxsize=None)
def session(user, password):
    s = requests.Session()
    s.auth = (user, password)
    s.hooks["response"].append(_check)
    return s


def page(host, credentials, mark=None):
    url = f"https://{host}:9699/netwrix/api/v1/activity_records/enum?format=json"
    if mark is None:
        return session(*credentials).get(url).json()
    return session(*credentials).post(url, json=mark).json()


def export(host, credentials, out):
    current = page(host, credentials)
    while current["ActivityRecordList"]:
        for record in current["ActivityRecordList"]:
            out.write(f"{record['When']};{record['Who']};{record['What']}\n")
        current = page(host, credentials, current["ContinuationMark"])


if __name__ == "__main__":
    import sys

    export(sys.argv[1], ("CORP\\export", "secret"), sys.stdout)
