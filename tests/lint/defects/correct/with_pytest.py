"""Awkward: pytest functions, whose `assert` is the point."""

import pytest
import requests


@pytest.fixture
def base():
    return "https://auditor-test:9699/netwrix/api/v1"


def test_write(base="https://auditor-test:9699/netwrix/api/v1"):
    response = requests.post(f"{base}/activity_records/", json=[{"Who": "x"}])
    assert response.status_code == 200


def test_needs_a_login(base="https://auditor-test:9699/netwrix/api/v1"):
    response = requests.get(f"{base}/activity_records/enum")
    assert response.status_code == 401
