"""Planted: the task is tried again for every HTTPError, a refusal included."""

import requests
from celery import Celery

app = Celery("ship", broker="redis://localhost")


@app.task(autoretry_for=(requests.HTTPError,), retry_backoff=True, max_retries=4)
def push(records):
    # error: [retry-not-retryable: 400, 404, 405, 413]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records, timeout=20)
    answer.raise_for_status()
