"""Awkward: threads write, and their exceptions come out of the futures."""

from concurrent.futures import ThreadPoolExecutor, as_completed

import requests

URL = "https://auditor:9699/netwrix/api/v1/activity_records/"


def write(batch):
    with requests.post(URL, params={"format": "json"}, json=batch, stream=True) as response:
        response.raise_for_status()
    return len(batch)


def write_all(batches, workers=4):
    written = 0
    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = {pool.submit(write, batch): batch for batch in batches}
        for future in as_completed(futures):
            try:
                written += future.result()
            except requests.HTTPError as error:
                if error.response.status_code != 413:
                    raise
                batch = futures[future]
                written += write(batch[: len(batch) // 2]) + write(batch[len(batch) // 2 :])
    return written
