"""Planted: the mapper returns the exception, and its caller forgets that it has to raise it."""

import requests


class ApiError(Exception):
    pass


class Unauthorized(ApiError):
    pass


def to_error(response):
    if response.status_code == 401:
        return Unauthorized(response.url)
    if response.status_code >= 400:
        return ApiError(response.status_code)
    return None


def write(host, records):
    # error: [dropped-status: 400, 401, 404, 405, 413, 500, 503]
    response = requests.post(f"https://{host}:9699/netwrix/api/v1/activity_records/", json=records, timeout=9)
    to_error(response)
    return len(records)
