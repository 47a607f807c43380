"""Planted: whatever goes wrong is logged, and the caller is told that there are no records."""

import logging

import requests

logger = logging.getLogger("netwrix.search")


def search(host, auth, filters):
    try:
        response = requests.post(
            f"https://{host}:9699/netwrix/api/v1/activity_records/search",
            json={"FilterList": filters},
            auth=auth,
            timeout=30,
        )
        response.raise_for_status()
        return response.json()["ActivityRecordList"]
    except Exception as exc:  # error: [broad-except: 400, 401, 404, 405, 413, 500]
        logger.error("search failed: %s", exc)
        return []
