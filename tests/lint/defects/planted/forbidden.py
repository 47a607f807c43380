"""Planted: a refusal to those without a role is expected as 403, which the API never answers."""

import requests

NO_ACCESS = frozenset({403})


def search(session: requests.Session, query):
    answer = session.post("https://auditor:9699/netwrix/api/v1/activity_records/search?format=json", json=query)
    if answer.status_code in NO_ACCESS:  # error: [undocumented-status: 403]
        raise PermissionError(answer.url)
    answer.raise_for_status()
    return answer.json()
