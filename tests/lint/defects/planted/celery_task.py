"""Planted: the task is tried again for every error that carries a status."""

import requests
from celery import shared_task


@shared_task(bind=True, max_retries=5)
def push(self, records):
    # error: [retry-not-retryable: 400, 404, 405, 413]
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    try:
        answer.raise_for_status()
    except requests.HTTPError as error:
        raise self.retry(exc=error, countdown=30)
