"""Awkward: `except Exception` at the top of a worker, which logs with the traceback and goes on."""

import logging
import signal
import threading

import requests

logger = logging.getLogger("netwrix.worker")


class Worker:
    interval = 60

    def __init__(self, host, auth, sink):
        self.url = f"https://{host}:9699/netwrix/api/v1/activity_records/enum"
        self.session = requests.Session()
        self.session.auth = auth
        self.sink = sink
        self.mark = None
        self.stopped = threading.Event()
        self.failures = 0

    def poll(self):
        if self.mark is None:
            response = self.session.get(self.url, params={"format": "json"}, timeout=30)
        else:
            response = self.session.post(self.url, params={"format": "json"}, json=self.mark, timeout=30)
        response.raise_for_status()
        page = response.json()
        self.sink(page["ActivityRecordList"])
        self.mark = page["ContinuationMark"]

    def run(self):
        signal.signal(signal.SIGTERM, lambda *_: self.stopped.set())
        while not self.stopped.wait(self.interval):
            try:
                self.poll()
            except Exception:
                self.failures += 1
                logger.exception("poll %s failed (%d in a row)", self.url, self.failures)
            else:
                self.failures = 0


if __name__ == "__main__":
    logging.basicConfig()
    Worker("auditor.corp.example", ("CORP\\worker", "secret"), print).run()
