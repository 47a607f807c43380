"""`errdex diff` by the real command: git revisions, and the call sites of a client that changes touch."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Errdex

OLD = """catalogue: 1
api: {id: shelf, title: Shelf, version: "1", servers: ["https://shelf.test"]}
bodies:
  book: {kind: content, media_types: [application/json]}
operations:
  list-books: {title: List books, endpoints: [GET /books]}
  read-book: {title: Read a book, endpoints: ["GET /books/{id}"]}
  list-loans: {title: List loans, endpoints: [GET /loans]}
  lend: {title: Lend, endpoints: [POST /loans]}
responses:
  200: {for: {list-books: {}, read-book: {body: book}, list-loans: {}, lend: {}}}
  404: {for: {read-book: {}, lend: {}}}
  409: {for: {lend: {}}}
"""
CLIENT = """import requests

BASE = "https://shelf.test"


def books():
    return requests.get(f"{BASE}/books").json()


def careful_books():
    response = requests.get(f"{BASE}/books")
    response.raise_for_status()
    return response.json()


def book(number):
    response = requests.get(f"{BASE}/books/{number}")
    if response.status_code == 404:
        return None
    response.raise_for_status()
    return response.json()


def loans():
    response = requests.get(f"{BASE}/loans")
    response.raise_for_status()
    return response.json()


def lend(number):
    response = requests.post(f"{BASE}/loans", json=number)
    if response.status_code == 409:
        return False
    if not response.ok:
        return None
    return True


def elsewhere():
    return requests.get("https://other.test/books").json()
"""
LINES = {"books": 7, "careful_books": 11, "book": 17, "loans": 25, "lend": 31}


def changed(*edits: tuple[str, str]) -> str:
    text = OLD
    for was, now in edits:
        assert text.count(was) == 1, was
        text = text.replace(was, now)
    return text


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "client.py").write_text(CLIENT)
    return tmp_path


@pytest.mark.parametrize(
    "case",
    [
        # What no call of the client has to do with.
        ([("title: Lend,", "title: Lend it,")], "operation-retitled", [], 0),
        ([("  list-loans: {", "  burn: {title: Burn, endpoints: [DELETE /books]}\n  list-loans: {")],
         "operation-added", [], 0),
        # A new status: who deals with statuses in general is not touched.
        ([("409: {for: {", "429: {for: {list-books: {}}}\n  409: {for: {")], "status-added", ["books"], 0),
        ([("409: {for: {", "429: {client: must-handle, for: {list-books: {}}}\n  409: {for: {")],
         "status-added", ["books"], 1),
        ([("409: {for: {", "429: {client: must-handle, for: {list-loans: {}}}\n  409: {for: {")],
         "status-added", [], 0),
        # What falls in with others has to be told apart now; what is told apart already is.
        ([("404: {for: {read-book: {}, lend: {}}}", "404: {for: {read-book: {}, lend: {client: must-handle}}}")],
         "became-must-handle", ["lend"], 1),
        ([("409: {for: {lend: {}}}", "409: {for: {lend: {client: must-handle}}}")], "became-must-handle", [], 0),
        # The body of what it waits for.
        ([("kind: content, media_types: [application/json]", "kind: empty")], "body-kind-changed", ["book"], 1),
        # Whole operations, and endpoints.
        ([("GET /loans", "GET /v2/loans")], "path-changed", ["loans"], 1),
        ([("POST /loans", "PUT /loans")], "method-changed", ["lend"], 1),
        ([("https://shelf.test", "https://shelves.test")], "server-changed", [*LINES], 1),
    ],
)  # fmt: skip
def test_the_call_sites_that_a_change_touches_and_no_others(
    case: tuple[list[tuple[str, str]], str, list[str], int], shelf: Path, errdex: Errdex
) -> None:
    edits, kind, touched, code = case
    (shelf / "new.yaml").write_text(changed(*edits))
    ran = errdex("diff", "old.yaml", "new.yaml", "--client", "client.py", "--format", "json", cwd=shelf)
    rows = [row for row in json.loads(ran.out)["changes"] if row["kind"] == kind]
    assert len(rows) == 1, ran.out
    assert [call["line"] for call in rows[0]["calls"]] == [LINES[name] for name in touched]
    assert ran.code == code


def test_an_operation_that_is_gone(shelf: Path, errdex: Errdex) -> None:
    gone = changed(
        ("  lend: {title: Lend, endpoints: [POST /loans]}\n", ""), (", lend: {}}}\n  404", "}}\n  404"),
        ("read-book: {}, lend: {}", "read-book: {}"), ("  409: {for: {lend: {}}}\n", ""),
    )  # fmt: skip
    (shelf / "new.yaml").write_text(gone)
    ran = errdex("diff", "old.yaml", "new.yaml", "--client", "client.py", cwd=shelf)
    assert ran.out.splitlines() == [
        "old.yaml:9:3: breaking: operation-removed: POST /loans (lend) is gone",
        "  client.py:31:16: POST https://shelf.test/loans is sent here",
        "1 breaking; 1 call site affected",
    ]
    assert ran.code == 1


def test_the_other_formats(shelf: Path, errdex: Errdex) -> None:
    (shelf / "new.yaml").write_text(changed(("GET /loans", "GET /v2/loans")))
    words = ("diff", "old.yaml", "new.yaml", "--client", "client.py", "--format")
    assert (
        "\n    - client.py:25:16: GET https://shelf.test/loans is sent here\n"
        in errdex(*words, "markdown", cwd=shelf).out
    )
    commands = errdex(*words, "github", cwd=shelf).out.splitlines()
    assert [command.partition(",title")[0] for command in commands] == [
        "::error file=new.yaml,line=8,col=47",
        "::error file=client.py,line=25,col=16",
    ]


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, env=clean_environment())


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository whose catalogue, in files that refer to each other, got a status in its second commit."""
    git(tmp_path, "init", "-q")
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "parts.json").write_text(json.dumps({"lost": {"description": "It is lost."}}))
    document = {
        "openapi": "3.1.0", "info": {"title": "Shelf", "version": "1"}, "servers": [{"url": "https://shelf.test"}],
        "paths": {"/books": {"get": {"operationId": "list-books", "responses": {
            "200": {"description": "Books."}, "404": {"$ref": "parts.json#/lost"}}}}},
    }  # fmt: skip
    path = tmp_path / "codes" / "shelf.json"
    path.write_text(json.dumps(document, indent=1))
    (tmp_path / "errdex.toml").write_text("catalogues = ['codes/shelf.json']\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "One")
    (tmp_path / "codes" / "parts.json").write_text(json.dumps({"lost": {"description": "It is gone."}}))
    path.write_text(json.dumps(document, indent=1).replace('"200"', '"429": {"description": "Slow."},\n"200"'))
    git(tmp_path, "commit", "-q", "-a", "-m", "Two")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("HEAD~1",), ("HEAD~1", "HEAD"), ("HEAD~1", "codes/shelf.json"), ("HEAD~1:codes/shelf.json", "HEAD"),
        ("HEAD~1:codes/shelf.json", "HEAD:codes/shelf.json"),
    ],
)  # fmt: skip
def test_revisions(words: tuple[str, ...], history: Path, errdex: Errdex) -> None:
    ran = errdex("diff", *words, "--format", "json", cwd=history)
    rows = json.loads(ran.out)["changes"]
    assert sorted(row["kind"] for row in rows) == ["reworded", "status-added"]
    assert {row["old"]["path"] for row in rows if row["old"]} == {"HEAD~1:codes/parts.json"}
    assert ran.code == 0


def test_a_revision_against_what_is_not_committed_yet(history: Path, errdex: Errdex) -> None:
    assert errdex("diff", "HEAD", cwd=history).out == "nothing changed for clients\n"
    (history / "codes" / "parts.json").write_text(json.dumps({"lost": {"description": "It is burnt."}}))
    assert "reworded" in errdex("diff", "HEAD", cwd=history).out
    assert errdex("diff", "HEAD~1", "HEAD", "--format", "json", cwd=history).code == 0


def test_revisions_and_files_that_are_not_there(history: Path, errdex: Errdex) -> None:
    for words in (("v9",), ("HEAD~5",), ("HEAD", "nowhere.yaml"), ("--help-me",), ("HEAD:codes/none.json", "HEAD")):
        ran = errdex("diff", *words, cwd=history)
        assert (ran.code, ran.out) == (2, ""), words
        assert "Traceback" not in ran.err
    assert "codes/none.json is not in the revision HEAD" in ran.err


def test_a_broken_catalogue_of_a_revision_is_told_by_gits_name(history: Path, errdex: Errdex) -> None:
    (history / "codes" / "shelf.json").write_text('{"openapi": "3.1.0", "paths": []')
    git(history, "commit", "-q", "-a", "-m", "Broken")
    (history / "codes" / "shelf.json").write_text((history / "codes" / "shelf.json").read_text() + "}")
    ran = errdex("diff", "HEAD", "HEAD~1", cwd=history)
    assert ran.code == 2
    assert "HEAD:codes/shelf.json:" in ran.err
    assert "/tmp" not in ran.err
