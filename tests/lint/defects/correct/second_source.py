"""Awkward: where the server has no records, another product is asked, and its answer is used the same way."""

import requests

API = "https://auditor.corp.example:9699/netwrix/api/v1"
ARCHIVE = "https://archive.corp.example/records"


def download(name, auth):
    answer = requests.get(f"{API}/activity_records/enum", auth=auth, stream=True, timeout=60)
    if answer.status_code not in (200, 404):
        raise OSError(answer.status_code, answer.text)
    while answer.status_code == 404:
        answer = requests.get(ARCHIVE, auth=auth, stream=True, timeout=60)
        answer.raise_for_status()
    with open(name, "wb") as file:
        for chunk in answer.iter_content(65536):
            file.write(chunk)
