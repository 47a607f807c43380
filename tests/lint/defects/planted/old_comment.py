"""Planted: the comment that leaves a finding out has outlived the finding."""

import requests

URL = "https://auditor.corp.example:9699/netwrix/api/v1/activity_records/search?format=json"


def search(session: requests.Session, filters: dict) -> list[dict]:
    # error: [unused-ignore]
    response = session.post(URL, json={"FilterList": filters})  # errdex: ignore[dropped-status: 413] small queries
    response.raise_for_status()
    return response.json()["ActivityRecordList"]


def who_changed(session: requests.Session, path: str) -> list[str]:
    records = search(session, {"What": {"StartsWith": path}, "Action": "Modified"})
    return sorted({record["Who"] for record in records})


def report(session: requests.Session, paths: list[str]) -> str:
    lines = []
    for path in paths:
        users = who_changed(session, path)
        lines.append(f"{path}: {', '.join(users) or 'nobody'}")
    return "\n".join(lines)


if __name__ == "__main__":
    with requests.Session() as s:
        s.auth = ("CORP\\report", "secret")
        print(report(s, [r"\\fs1\finance", r"\\fs1\hr"]))
