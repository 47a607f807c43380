"""Awkward: a Celery task that is tried again for what may pass, and fails at once for the rest."""

import requests
from celery import shared_task


@shared_task(bind=True, max_retries=5)
def push(self, records):
    answer = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=records)
    if answer.status_code in (500, 503):
        raise self.retry(countdown=30, exc=RuntimeError(answer.text))
    answer.raise_for_status()
    return len(records)
