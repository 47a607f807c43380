"""Awkward: the loop leaves on the first answer that counts, and the check stands behind it."""

import random
import time

import requests

HOSTS = ["auditor1.corp.example", "auditor2.corp.example", "auditor3.corp.example"]


class Unavailable(Exception):
    pass


def write_anywhere(records, auth):
    """Write to the first server that is not busy."""
    response = None
    for host in random.sample(HOSTS, k=len(HOSTS)):
        try:
            response = requests.post(
                f"https://{host}:9699/netwrix/api/v1/activity_records/?format=json",
                json=records,
                auth=auth,
                timeout=20,
            )
        except requests.ConnectionError:
            continue
        if response.status_code != 503:
            break
        time.sleep(1)
    if response is None or response.status_code == 503:
        raise Unavailable("all servers are down or busy")
    response.raise_for_status()
    return host


def write_patiently(records, auth, deadline):
    while (
        status := requests.post(
            f"https://{HOSTS[0]}:9699/netwrix/api/v1/activity_records/?format=json", json=records, auth=auth
        ).status_code
    ) == 503:
        if time.monotonic() > deadline:
            raise Unavailable(HOSTS[0])
        time.sleep(5)
    if status != 200:
        raise RuntimeError(f"status {status}")
