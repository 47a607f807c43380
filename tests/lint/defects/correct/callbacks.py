"""Awkward: the answer is given to functions that come from outside, and to a pool of threads."""

import concurrent.futures
import logging

import requests

BASE = "https://{}:9699/netwrix/api/v1/activity_records/"
log = logging.getLogger(__name__)


class Uploader:
    """Write batches in threads; `on_answer` decides what becomes of each."""

    def __init__(self, host, auth, on_answer, workers=4):
        self.url = BASE.format(host)
        self.auth = auth
        self.on_answer = on_answer
        self.pool = concurrent.futures.ThreadPoolExecutor(workers)

    def _send(self, batch):
        return requests.post(self.url, params={"format": "json"}, json=batch, auth=self.auth)

    def submit(self, batch):
        future = self.pool.submit(self._send, batch)
        future.add_done_callback(lambda done: self.on_answer(batch, done.result()))
        return future

    def upload(self, batches):
        for response in self.pool.map(self._send, batches):
            response.raise_for_status()
            log.info("one more")

    def upload_and_tell(self, batches, tell):
        for batch in batches:
            tell(self._send(batch))


def retry_later(queue):
    def on_answer(batch, response):
        if response.status_code == 503:
            queue.put(batch)
        elif not response.ok:
            log.error("lost %d records: %s", len(batch), response.status_code)

    return on_answer


def start(host, auth, queue):
    return Uploader(host, auth, retry_later(queue))
