"""What the configuration tells the linter that no analysis can know, against one client in a small project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.run import Settings, check, looked_at

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.lint.report import Report

CATALOGUE = """
catalogue: 1
api: {id: shelf, title: Shelf, version: "1", servers: ["https://shelf.test"]}
operations:
  list-books: {title: List books, endpoints: [GET /books]}
responses:
  200: {for: {list-books: {}}}
  404: {for: {list-books: {}}}
  500: {for: {list-books: {}}}
  503: {for: {list-books: {}}}
"""
FILES = {
    "shelf/__init__.py": "",
    # Which attribute of the plug-in answers is known at run time only.
    "shelf/plugins.py": """
import importlib

transport = importlib.import_module("shelf_transport")


def fetch(*arguments, **options):
    return transport.fetch(*arguments, **options)


class Client:
    def ask(self, path):
        return transport.ask(self, path)
""",
    "shelf/books.py": """
from shelf import plugins
from shelf.plugins import Client, fetch


def direct():
    return fetch("https://shelf.test/books").json()


def through_the_module():
    return plugins.fetch("https://shelf.test/books").json()


def through_an_object():
    return Client().ask("https://shelf.test/books").json()
""",
    "shelf/library.py": """
import acme


def installed():
    return acme.http.fetch("https://shelf.test/books").json()
""",
    "vendor/books.py": """
import requests


def vendored():
    return requests.get("https://shelf.test/books").json()
""",
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "shelf.yaml").write_text(CATALOGUE, encoding="utf-8")
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Settings(paths=(".",), catalogues=(load_catalogue("shelf.yaml"),))


def calls(report: Report) -> list[tuple[str, int]]:
    return [(call.span.path.removeprefix("./"), call.span.line) for call in report.calls]


def statuses(report: Report) -> set[str]:
    return {status for finding in report.findings for status in finding.statuses}


def test_nothing_is_declared(settings: Settings) -> None:
    report = check(settings)
    assert calls(report) == [("vendor/books.py", 6)]
    assert statuses(report) == {"404", "500", "503"}


@pytest.mark.parametrize(
    ("wrappers", "found"),
    [
        ({"somebody.elses.fetch": "requests.get"}, []),
        ({"shelf.plugins.fetch": "requests.get"}, [("shelf/books.py", 7), ("shelf/books.py", 11)]),
        ({"shelf.plugins.Client.ask": "requests.Session.get"}, [("shelf/books.py", 15)]),
        ({"acme.http.fetch": "requests.get"}, [("shelf/library.py", 6)]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_wrappers_are_what_they_are_said_to_be(
    settings: Settings, wrappers: dict[str, str], found: list[tuple[str, int]]
) -> None:
    assert calls(check(settings._replace(wrappers=tuple(wrappers.items()), exclude=("vendor",)))) == found


@pytest.mark.parametrize(
    ("ambient", "left"),
    [((), {"404", "500", "503"}), (("410",), {"404", "500", "503"}), (("404",), {"500", "503"}), (("5XX",), {"404"})],
    ids=lambda value: ",".join(sorted(value)),
)
def test_ambient_statuses_are_somebody_elses(settings: Settings, ambient: tuple[str, ...], left: set[str]) -> None:
    assert statuses(check(settings._replace(ambient=frozenset(ambient)))) == left


def test_what_is_excluded_is_not_looked_at(settings: Settings) -> None:
    report = check(settings._replace(exclude=("vendor",)))
    assert (report.files, calls(report)) == (4, [])


def test_processes_change_nothing(settings: Settings) -> None:
    wrappers = (("shelf.plugins.fetch", "requests.get"), ("acme.http.fetch", "requests.get"))
    alone, shared = (check(settings._replace(wrappers=wrappers, jobs=jobs)) for jobs in (1, 3))
    assert len(alone.calls) == 4
    assert shared._replace(seconds=0) == alone._replace(seconds=0)


@pytest.mark.parametrize(
    ("rule", "path", "could"),
    [
        ("dropped-status", "gone.py", True),
        ("dropped-status", "vendor/gone.py", False),
        ("dropped-status", "tests/gone.py", False),
        ("broad-except", "tests/gone.py", True),
        ("unread-file", "gone.py", False),
    ],
)
def test_what_a_run_could_have_found(rule: str, path: str, *, could: bool) -> None:
    settings = Settings(
        paths=(".",),
        catalogues=(),
        ignore=frozenset({"unread-file"}),
        exclude=("vendor",),
        per_file_ignores=(("tests/**", frozenset({"dropped-status"})),),
    )
    assert looked_at(settings, rule, path) is could
