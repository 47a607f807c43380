"""Planted: the helper asserts that the answer is a success; `python -O` takes that away."""

import typing as t

import httpx2 as httpx


class Page(t.NamedTuple):
    records: list[dict]
    mark: str


def ok(response: httpx.Response) -> httpx.Response:
    assert response.is_success, f"{response.status_code}: {response.text}"  # error: [assert-as-check: 400, 401, 404, 405, 413, 500]
    return response


class Reader:
    def __init__(self, base: str, auth: tuple[str, str]):
        self.http = httpx.Client(base_url=base, auth=auth, params={"format": "json"})

    def first(self) -> Page:
        return self._page(self.http.get("/activity_records/enum"))

    @staticmethod
    def _page(response: httpx.Response) -> Page:
        data = ok(response).json()
        return Page(data["ActivityRecordList"], data["ContinuationMark"])


def reader(host: str, user: str, password: str) -> Reader:
    return Reader(f"https://{host}:9699/netwrix/api/v1", (user, password))


if __name__ == "__main__":
    for record in reader("auditor.corp.example", "CORP\\reader", "secret").first().records:
        print(record["When"], record["Who"], record["What"])
