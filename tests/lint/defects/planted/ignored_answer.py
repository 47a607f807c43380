"""Planted: nobody keeps the answer to the write."""

import atexit
import logging
import socket
from datetime import datetime, timezone

import requests


class NetwrixHandler(logging.Handler):
    """A logging handler that stores warnings as activity records."""

    def __init__(self, host, user, password, level=logging.WARNING):
        super().__init__(level)
        self.url = "https://{}:9699/netwrix/api/v1/activity_records/?format=json".format(host)
        self.session = requests.Session()
        self.session.auth = (user, password)
        self.buffer = []
        atexit.register(self.flush)

    def emit(self, record):
        self.buffer.append(
            {
                "Who": record.name,
                "Action": "Modified",
                "What": self.format(record),
                "When": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
                "Where": socket.gethostname(),
                "ObjectType": "Log entry",
            }
        )
        if len(self.buffer) >= 100:
            self.flush()

    def flush(self):
        self.acquire()
        try:
            if self.buffer:
                # error: [unchecked-response: 400, 401, 404, 405, 413, 500, 503]
                self.session.post(self.url, json=self.buffer, timeout=10)
                self.buffer = []
        finally:
            self.release()
