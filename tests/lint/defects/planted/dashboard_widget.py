"""Planted: `except Exception` turns every answer that is no success into an empty widget."""

from datetime import timedelta

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone


def _records(since):
    try:
        response = requests.post(
            "https://%s:9699/netwrix/api/v1/activity_records/search?format=json" % settings.AUDITOR_HOST,
            json={"FilterList": {"When": {"From": since.isoformat(), "To": timezone.now().isoformat()}}},
            auth=settings.AUDITOR_AUTH,
            timeout=5,
        )
        response.raise_for_status()
        return response.json()["ActivityRecordList"]
    except Exception:  # error: [broad-except: 400, 401, 404, 405, 413, 500]
        return []


def widget_context(hours=24):
    key = f"netwrix-widget-{hours}"
    context = cache.get(key)
    if context is None:
        records = _records(timezone.now() - timedelta(hours=hours))
        context = {
            "total": len(records),
            "deletions": [record for record in records if record["Action"] == "Removed"],
            "users": sorted({record["Who"] for record in records}),
        }
        cache.set(key, context, 300)
    return context
