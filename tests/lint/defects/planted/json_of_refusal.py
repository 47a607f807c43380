"""Planted: the handler decodes the body of every refusal; 401, 404, 405 and 413 have none."""

import requests


class Refused(Exception):
    def __init__(self, errors):
        super().__init__("; ".join(error["Description"] for error in errors))


def write(records):
    try:
        response = requests.post("https://auditor:9699/netwrix/api/v1/activity_records/?format=json", json=records)
        response.raise_for_status()
    except requests.HTTPError as error:
        # error: [empty-body-read: 401, 404, 405, 413]
        raise Refused(error.response.json()["ErrorList"]) from error
