"""Planted: a pool of threads writes batches; nobody looks at the answers, only at their number."""

from concurrent.futures import ThreadPoolExecutor, as_completed

import requests

URL = "https://auditor:9699/netwrix/api/v1/activity_records/"


def send(batch):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
    return requests.post(URL, json=batch, timeout=30)


def ship(batches):
    with ThreadPoolExecutor(max_workers=4) as pool:
        futures = [pool.submit(send, batch) for batch in batches]
        done = 0
        for future in as_completed(futures):
            future.result()
            done += 1
    return done
