"""Awkward: a function of another package puts the address together."""

import requests
from company.web import join_url


def enum(session: requests.Session, base, page):
    response = session.get(join_url(base, "netwrix/api/v1/activity_records/", "enum"), params={"count": page})
    response.raise_for_status()
    return response.json()
