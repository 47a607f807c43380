"""What a request is: pieces of its URL, unknown ones as None, against a small API at four kinds of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.routes import Routes
from errdex.lint.resolve import resolve
from errdex.lint.values import Hole, Place, Request, Text

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Catalogue

CATALOGUE = """
catalogue: 1
api: {{id: shelf, title: Shelf, version: "1", servers: ["{server}"]}}
operations:
  list-books: {{title: List books, endpoints: [GET /books]}}
  add-book: {{title: Add a book, endpoints: [POST /books]}}
  get-book: {{title: Get a book, endpoints: ["GET /books/{{id}}"]}}
  get-newest: {{title: Get the newest book, endpoints: [GET /books/newest]}}
  get-page: {{title: Get a page, endpoints: ["GET /books/{{id}}/pages/{{path}}"]}}
  lend-book: {{title: Lend a book, endpoints: ["PUT /books/{{id}}/loans/{{reader}}"]}}
responses:
  200: {{for: {{list-books: {{}}, add-book: {{}}, get-book: {{}}, get-newest: {{}}, get-page: {{}}, lend-book: {{}}}}}}
"""

SERVED = "https://shelf.test"
BELOW = "https://shelf.test/shelf/v1"
GENERIC = "/api/v1"
SPECIFIC = "/shelf/v1"


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Catalogue]:
    folder: Path = tmp_path_factory.mktemp("shelves")
    found = {}
    for number, server in enumerate((SERVED, BELOW, GENERIC, SPECIFIC)):
        path = folder / f"{number}.yaml"
        path.write_text(CATALOGUE.format(server=server), encoding="utf-8")
        found[server] = load_catalogue(str(path))
    return found


def text(*pieces: str | None) -> object:
    return Text(tuple(Hole("piece") if piece is None else piece for piece in pieces))


CASES = [
    # nothing of this API's
    (SERVED, "GET", ["https://other.test/books"], "elsewhere", ""),
    (SERVED, "GET", ["https://other.test/films"], "elsewhere", ""),
    (SERVED, "GET", [None, "/films"], "unresolved", ""),
    (SERVED, "GET", [None], "unresolved", ""),
    (BELOW, "GET", ["https://shelf.test/films"], "elsewhere", ""),
    # `/api/v1` is every second API's: a host that is somebody's does not make it this one's
    (GENERIC, "GET", ["https://dns.other.test/api/v1/zones"], "elsewhere", ""),
    (GENERIC, "POST", ["https://other.test/api/v1/auth/login/"], "elsewhere", ""),
    (GENERIC, "PATCH", ["https://other.test/api/v1/books/newest"], "elsewhere", ""),
    (GENERIC, "GET", [None, "/api/v1/zones/", None, "/rrsets"], "unresolved", ""),
    # no part of a book, and not the book either; the unknown piece may hold more than its number
    (SERVED, "GET", [None, "/books/", None, "/cover"], "unresolved", ""),
    (SERVED, "PUT", [None, "/books/", None, "/", None, "/cover"], "unresolved", ""),
    # an unknown piece may hold several segments, but then everything else stands in the path
    (SERVED, "GET", [None, "/books/", None, "/loans"], "unresolved", ""),
    # operations
    (SERVED, "HEAD", ["https://shelf.test/books/newest"], "operation", "get-newest"),
    (SERVED, "GET", ["https://shelf.test/books"], "operation", "list-books"),
    (SERVED, "POST", ["https://shelf.test/books/"], "operation", "add-book"),
    (SERVED, "GET", ["https://shelf.test/books?sort=title"], "operation", "list-books"),
    (SERVED, "GET", ["https://shelf.test/books/newest"], "operation", "get-newest"),
    (SERVED, "GET", ["https://shelf.test/books/newest&page=", None], "operation", "get-newest"),
    (SERVED, "GET", ["https://shelf.test/books/", None], "operation", "get-book"),
    (SERVED, "GET", ["https://shelf.test//books//", None, "#top"], "operation", "get-book"),
    (SERVED, "GET", ["https://shelf.test/books/7/pages/a/b.html"], "operation", "get-page"),
    (SERVED, "GET", [None, "/books/", None], "operation", "get-book"),
    (SERVED, "GET", [None, "books/newest"], "operation", "get-newest"),
    (SERVED, "GET", ["HTTPS://user:secret@SHELF.test:8443/books"], "operation", "list-books"),
    (BELOW, "GET", ["https://shelf.test/shelf/v1/books"], "operation", "list-books"),
    (BELOW, "GET", [None, "/v1/books"], "operation", "list-books"),
    (GENERIC, "GET", ["https://books.other.test/api/v1/books/", None, "/pages/", None], "operation", "get-page"),
    (GENERIC, "GET", ["http://localhost:3000/api/v1/books"], "operation", "list-books"),
    (GENERIC, "GET", [None, "/api/v1/books/newest"], "operation", "get-newest"),
    (SPECIFIC, "GET", ["https://any.other.test/shelf/v1/books"], "operation", "list-books"),
    # the right path with the wrong method
    (SERVED, "PATCH", ["https://shelf.test/books/newest"], "wrong-method", "get-newest"),
    (GENERIC, "PATCH", [None, "/api/v1/books/newest"], "wrong-method", "get-newest"),
    (SERVED, "PATCH", ["https://shelf.test/books/7"], "wrong-method", "get-book"),
    (SERVED, "PATCH", ["https://shelf.test/books/7/pages/index"], "wrong-method", "get-page"),
    # this API's, but no operation
    # a word names something of the API, the number of a book it is seldom
    (SERVED, "PATCH", ["https://shelf.test/books/lost"], "unknown-operation", ""),
    (SERVED, "POST", ["https://shelf.test/books/sent-back"], "unknown-operation", ""),
    (SERVED, "PATCH", [None, "/books/lost"], "unresolved", ""),
    (SERVED, "GET", ["https://shelf.test/films"], "unknown-operation", ""),
    (GENERIC, "GET", [None, "/api/v1/books/7/cover"], "unknown-operation", ""),
    (GENERIC, "PUT", [None, "/api/v1/boks/", None, "/loans/", None], "unknown-operation", ""),
    (SPECIFIC, "GET", [None, "/shelf/v1/films"], "unknown-operation", ""),
    (SPECIFIC, "GET", ["https://any.other.test/shelf/v1/films"], "unknown-operation", ""),
    # but for GraphQL, which no description of operations has
    (SERVED, "POST", ["https://shelf.test/graphql"], "unresolved", ""),
    (SPECIFIC, "POST", ["https://any.other.test/shelf/v1/graphql"], "unresolved", ""),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_request_is(shelves: dict[str, Catalogue], case: tuple[str, str, list[str | None], str, str]) -> None:
    server, method, pieces, kind, operation = case
    request = Request("requests", method, text(*pieces), Place("client.py", 1, 0, 1, 10))
    found = resolve(request, [Routes(shelves[server])])
    known = found.operation.id if found.operation is not None else ""
    assert (found.kind, known) == (kind, operation)
