"""What URL a request goes to that a package has put together, packages included that are not installed here."""

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
  list-books: {title: List books, endpoints: [GET /books]}
  get-book: {title: Get a book, endpoints: ["GET /books/{id}"]}
responses:
  200: {reason: OK, summary: Done.}
"""

CASES = [
    # what is no joining of pieces by its name, and no template
    ("from elsewhere import url_for", "url_for('https://shelf.test/v1', 'books')", ""),
    ("from urllib.parse import urljoin", "urljoin('https://shelf.test/v1', 'books')", ""),  # drops `v1`
    ("from urllib.parse import urljoin", "urljoin('https://shelf.test/v1/', 'books')", "list-books"),
    ("from urlobject import URLObject", "URLObject('https://shelf.test/v1/').relative('books')", "list-books"),
    ("from urlobject import URLObject", "URLObject('https://shelf.test').relative('/v1/books')", "list-books"),
    ("from urlobject import URLObject", "URLObject('https://shelf.test/v1').add_path_segment('books')", "list-books"),
    ("import uritemplate", "uritemplate.expand('https://shelf.test/v1/books{?page}', page=1)", "list-books"),
    ("import uritemplate", "uritemplate.expand('https://shelf.test/v1/books/{number}', number=7)", "get-book"),
    ("from toolkit.uris import urijoin", "urijoin('https://shelf.test/v1', 'books', number)", "get-book"),
    ("from server.utils import url_path_join", "url_path_join('https://shelf.test/v1/', '/books')", "list-books"),
]


SESSION = """\
{imported}

class Session({base}):
    def request(self, method, url, **kwargs):
        return super().request(method, "https://shelf.test/v1" + url, **kwargs)

def fetch(session: Session, number):
    return session.get(f"/books/{{number}}")
"""


def asked(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    report = check(Settings(paths=(str(path),), catalogues=(load_catalogue("shelf.yaml", CATALOGUE),)))
    return [call.operation for call in report.calls]


@pytest.mark.parametrize(("imported", "url", "operation"), CASES)
def test_the_url_is_known(tmp_path: Path, imported: str, url: str, operation: str) -> None:
    text = f"import requests\n{imported}\n\ndef fetch(number):\n    return requests.get({url})\n"
    assert asked(tmp_path / "client.py", text) == [operation] * bool(operation)


@pytest.mark.parametrize(
    ("imported", "base"),
    [
        ("import requests", "requests.Session"),
        ("from requests_oauthlib import OAuth2Session", "OAuth2Session"),
        ("from flask_dance.consumer.requests import BaseOAuth2Session as Base", "Base"),
    ],
)
def test_a_session_of_ones_own_may_inherit_from_any(tmp_path: Path, imported: str, base: str) -> None:
    assert asked(tmp_path / "client.py", SESSION.format(imported=imported, base=base)) == ["get-book"]
