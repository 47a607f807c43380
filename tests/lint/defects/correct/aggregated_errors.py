"""Awkward: errors are collected as pairs and raised together in the end."""

import requests


class ShippingError(Exception):
    def __init__(self, errors):
        super().__init__(", ".join(f"{index}: {error}" for index, error in errors))
        self.errors = errors


def ship(batches):
    errors = []
    for index, batch in enumerate(batches):
        try:
            requests.post("https://auditor:9699/netwrix/api/v1/activity_records/", json=batch).raise_for_status()
        except requests.HTTPError as error:
            errors.append((index, error))
    if errors:
        raise ShippingError(errors)
