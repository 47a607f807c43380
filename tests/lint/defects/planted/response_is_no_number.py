"""Planted: the response itself is compared with a status."""

import requests


class Archive:
    root = "https://10.1.2.3:9699/netwrix/api/v1"

    def __init__(self):
        self.http = requests.Session()

    def push(self, batch):
        reply = self.http.post(self.root + "/activity_records/", json=batch)
        if reply == 413:  # error: [constant-condition] "never equals 413"
            return self.push(batch[: len(batch) // 2]) + self.push(batch[len(batch) // 2 :])
        reply.raise_for_status()
        return len(batch)
