"""Planted: the success of a write has no body, and is parsed as JSON."""

import csv
import pathlib

import requests

FIELDS = ("Who", "Action", "What", "When", "Where", "ObjectType")


class NetwrixWriter:
    page_size = 1000

    def __init__(self, hostname: str, port: int = 9699, *, auth: tuple[str, str]) -> None:
        self.endpoint = "/".join(["https:/", f"{hostname}:{port}", "netwrix", "api", "v1", "activity_records", ""])
        self.session = requests.Session()
        self.session.auth = auth

    def write(self, records: list[dict[str, str]]) -> int:
        response = self.session.post(self.endpoint, params={"format": "json"}, json=records)
        response.raise_for_status()
        return response.json()["written"]  # error: [empty-body-read: 200]

    def write_csv(self, path: pathlib.Path) -> int:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = [{field: row[field] for field in FIELDS} for row in csv.DictReader(stream)]
        return sum(
            self.write(rows[start : start + self.page_size]) for start in range(0, len(rows), self.page_size)
        )


if __name__ == "__main__":
    import sys

    writer = NetwrixWriter(sys.argv[1], auth=(sys.argv[2], sys.argv[3]))
    print(writer.write_csv(pathlib.Path(sys.argv[4])))
