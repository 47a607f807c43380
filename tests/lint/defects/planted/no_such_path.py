"""Planted: `/activity_records/count` is nothing that the API has."""

from urllib.parse import urljoin

import requests


def count(session: requests.Session) -> int:
    answer = session.get(urljoin("https://auditor:9699/netwrix/api/v1/", "activity_records/count"))  # error: [unknown-operation]
    answer.raise_for_status()
    return answer.json()["count"]
