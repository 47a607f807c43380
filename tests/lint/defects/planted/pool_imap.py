"""Planted: a pool of threads maps over batches, and the sum of the lengths of the answers is all that counts."""

from multiprocessing.pool import ThreadPool

import requests


def send(batch):
    # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch)
    return len(answer.content)


def ship(batches):
    with ThreadPool(4) as pool:
        return sum(pool.imap_unordered(send, batches))
