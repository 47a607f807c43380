"""Planted: nobody asks the futures what came of them."""

from concurrent.futures import ThreadPoolExecutor

import requests


def write(batch):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
    requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch).raise_for_status()


def feed(batches):
    with ThreadPoolExecutor() as pool:
        for batch in batches:
            pool.submit(write, batch)
    return len(batches)
