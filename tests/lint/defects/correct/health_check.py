"""Awkward: a probe that wants a yes or a no, and a number for the dashboard."""

import time

import httpx
from prometheus_client import Gauge, Histogram

UP = Gauge("netwrix_up", "Whether the Integration API answers")
STATUS = Gauge("netwrix_status", "The status of the last probe")
LATENCY = Histogram("netwrix_probe_seconds", "How long the probe took")


class Probe:
    def __init__(self, settings):
        self.url = f"https://{settings.netwrix.host}:{settings.netwrix.port}/netwrix/api/v1"
        self.auth = (settings.netwrix.user, settings.netwrix.password.get_secret_value())

    def alive(self):
        try:
            response = httpx.get(f"{self.url}/activity_records/enum?count=1", auth=self.auth, timeout=5)
        except httpx.TransportError:
            return False
        STATUS.set(response.status_code)
        return response.is_success

    def run(self):
        while True:
            with LATENCY.time():
                UP.set(int(self.alive()))
            time.sleep(30)


def main():
    from .config import load

    Probe(load()).run()
