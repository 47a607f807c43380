"""Generators that a decorator makes coroutines of: what they wait for is theirs, not a caller's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.lint.run import Settings, check

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = """\
catalogue: 1
api: {id: shelf, title: Shelf, version: "1", servers: ["https://shelf.test/v1"]}
operations:
  get-book: {title: Get a book, endpoints: ["GET /books/{id}"]}
responses:
  200: {reason: OK, summary: Done.}
  404: {reason: Not Found, summary: No such book.}
  410: {reason: Gone, summary: It was sold.}
"""

CLIENT = """\
import requests
from {package} import {name}


class Shelf:
    {decorator}
    def ask(self, number):
        return (yield pool(requests.get, f"https://shelf.test/v1/books/{{number}}"))

    {decorator}
    def fetch(self, number):
        response = yield self.ask(number)
        if response.status_code == 404:
            return None
        if response.status_code != 200:
            return {{}}
        return response.json()


def pool(function, *arguments):
    return function(*arguments)
"""


@pytest.mark.parametrize(
    ("package", "name", "decorator", "verdicts"),
    [
        # a generator as such: who consumes it gets the response
        ("elsewhere", "anything", "@anything.of(7)", {"404": "delegated", "410": "delegated"}),
        ("twisted.internet", "defer", "@defer.inlineCallbacks", {"404": "discriminated", "410": "collapsed"}),
        ("tornado", "gen", "@gen.coroutine", {"404": "discriminated", "410": "collapsed"}),
    ],
)
def test_what_is_waited_for(tmp_path: Path, package: str, name: str, decorator: str, verdicts: dict[str, str]) -> None:
    path = tmp_path / "client.py"
    path.write_text(CLIENT.format(package=package, name=name, decorator=decorator), "utf-8")
    report = check(Settings(paths=(str(path),), catalogues=(load_catalogue("shelf.yaml", CATALOGUE),)))
    assert [dict(call.verdicts) for call in report.calls] == [{"200": "success", **verdicts}]
