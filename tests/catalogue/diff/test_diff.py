"""Every kind of change: one edit of a catalogue or a description, and the one change that it is."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple, get_args

import pytest

from errdex.catalogue.changes import GRADES, Kind
from errdex.catalogue.diff import diff
from errdex.catalogue.diff_report import render_github, render_json, render_markdown, render_text
from errdex.catalogue.load import load_catalogue

if TYPE_CHECKING:
    from errdex.catalogue.changes import Change
    from errdex.catalogue.model import Catalogue
    from tests.conftest import Golden

SHELF = dedent("""\
    catalogue: 1
    api:
      id: shelf
      title: Shelf
      version: "1"
      servers: [{url: "https://{host}/v1", variables: {host: shelf.example}}, "https://old.example"]
      request_id_header: X-Request-Id
    bodies:
      empty: {kind: empty}
      book: {kind: content, says: The book., media_types: [application/json, text/plain], example: {text/plain: A book}}
      fault: {kind: error, media_types: [application/json], problem: {json: code}, problems: [Lost, Torn], open: false}
      other: {kind: error, media_types: [application/json], problem: {json: code}, problems: [Lost, Torn], open: false}
    problems:
      Lost: Nobody knows where it is.
      Torn: A page is missing.
      Burnt: It is no more.
    causes:
      no-card: {says: There is no card., remedies: [get-a-card]}
      full: The shelf is full.
      closed: The library is closed.
    remedies:
      get-a-card: Get a card.
      wait: Wait.
      hurry: Hurry.
    operations:
      read: {title: Read, summary: Reads it., endpoints: ["GET /books/{id}"], limits: [One a day.], tags: [books]}
      write: {title: Write, endpoints: [POST /books, PUT /books], since: "1"}
      lend: {title: Lend, endpoints: [POST /loans], deprecated: "1", doc_url: "https://shelf.example/lend"}
      return: {title: Return, endpoints: [DELETE /loans]}
    responses:
      200:
        reason: OK
        for:
          read: {summary: The book., body: book, headers: {X-Page: {type: integer, required: true}, X-More: More.}}
          lend: {summary: Lent., body: empty}
          return: {summary: Returned., body: empty}
      201: {for: {write: {summary: Written., body: empty}}}
      401: {summary: No card., body: fault, causes: [no-card], retryable: false, related: [403]}
      403: {for: {lend: {summary: Not you., owner: Ann}, read: not-applicable, return: {}}}
      404:
        for:
          read: {summary: No such book., body: fault, client: ignore}
          lend: {summary: Gone., client: must-handle}
      409: {for: {write: {summary: It is there., deprecated: true, since: "1"}}}
      429: {for: {read: {summary: Slow down., causes: [full], remedies: [wait], doc_url: "https://shelf.example/429"}}}
    """)

LIBRARY = dedent("""\
    openapi: 3.1.0
    info: {title: Library, version: "1"}
    servers: [{url: https://library.example/v1}]
    paths:
      /books:
        get:
          operationId: listBooks
          summary: List books
          responses:
            200: {description: Books., content: {application/json: {schema: {$ref: "#/components/schemas/Books"}}}}
            401: {$ref: "#/components/responses/Unauthorized"}
            404: {description: None.}
        post:
          operationId: addBook
          responses:
            201: {description: Added.}
            401: {$ref: "#/components/responses/Unauthorized"}
            4XX: {description: Wrong.}
      /books/{id}:
        get:
          responses:
            200: {description: A book., content: {application/json: {}}}
            401: {$ref: "#/components/responses/Unauthorized"}
    components:
      responses:
        Unauthorized: {description: No card., content: {application/json: {schema: {$ref: "#/x/Fault"}}}}
      schemas: {Books: {}, Fault: {}, Error: {}}
    """)


class Edit(NamedTuple):
    """One edit and the change that it is."""

    was: str
    now: str
    kind: str
    grade: str
    operations: str = ""
    statuses: str = ""


def loaded(text: str) -> Catalogue:
    return load_catalogue("api.yaml", text)


def edited(text: str, *edits: Edit) -> Catalogue:
    assert all(text.count(edit.was) == 1 for edit in edits)
    for edit in sorted(edits, key=lambda edit: -text.index(edit.was)):
        start = text.index(edit.was)
        text = text[:start] + edit.now + text[start + len(edit.was) :]
    return loaded(text)


def outline(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return sorted((c.kind, c.grade, " ".join(c.operations), " ".join(c.statuses)) for c in changes)


NO_CHANGE = [
    Edit("catalogue: 1\n", "# The shelf.\ncatalogue: 1\n", "", ""),
    Edit('  version: "1"\n  servers', '  version: "2"\n  servers', "", ""),
    Edit("  201: {for", '  "201": {for', "", ""),
    Edit("{summary: Lent., body: empty}", "{body: empty, summary: 'Lent.'}", "", ""),
    Edit("  closed: The library is closed.\n", "", "", ""),
    Edit("title: Shelf", "title: The Shelf", "", ""),
    Edit("[application/json, text/plain]", "[text/plain, application/json]", "", ""),
]

OF_A_CATALOGUE = [
    Edit('"https://old.example"]', '"https://old.example", "https://new.example"]', "server-added", "fine"),
    Edit(', "https://old.example"]', "]", "server-removed", "breaking"),
    Edit('"https://old.example"]', '"https://new.example"]', "server-changed", "breaking"),
    Edit("{host: shelf.example}", "{host: new.example}", "server-variable-changed", "risky"),
    Edit("X-Request-Id", "X-Id", "request-id-header-changed", "risky"),
    Edit("  return: {t", "  give: {title: Give, endpoints: [GET /a]}\n  return: {t", "operation-added", "fine", "give"),
    Edit("[DELETE /loans]}", '[DELETE /loans], removed: "2"}', "operation-removed", "breaking", "return"),
    Edit("[DELETE /loans]}", "[DELETE /loans], deprecated: true}", "operation-deprecated", "risky", "return"),
    Edit("[DELETE /loans]}", "[DELETE /loans], deprecated: {use: lend}}", "operation-deprecated", "risky", "return"),
    Edit('deprecated: "1", doc_url', "doc_url", "operation-undeprecated", "fine", "lend"),
    Edit("title: Lend", "title: Lend out", "operation-retitled", "fine", "lend"),
    Edit("Reads it.", "It reads.", "operation-reworded", "fine", "read"),
    Edit("One a day.", "Two a day.", "operation-limits-changed", "risky", "read"),
    Edit("tags: [books]", "tags: [reading]", "operation-tags-changed", "fine", "read"),
    Edit("shelf.example/lend", "shelf.example/lending", "operation-doc-url-changed", "fine", "lend"),
    Edit('PUT /books], since: "1"', 'PUT /books], since: "0"', "operation-since-changed", "fine", "write"),
    Edit("[POST /loans]", "[POST /loans, PUT /loans]", "endpoint-added", "fine", "lend"),
    Edit("[POST /books, PUT /books]", "[POST /books]", "endpoint-removed", "breaking", "write"),
    Edit("[POST /loans]", "[PUT /lending]", "endpoint-replaced", "breaking", "lend"),
    Edit("[POST /loans]", "[POST /lending]", "path-changed", "breaking", "lend"),
    Edit("[POST /loans]", "[PUT /loans]", "method-changed", "breaking", "lend"),
    Edit("/books/{id}", "/books/{number}", "parameter-renamed", "fine", "read"),
    Edit("  409: {for: {write", "  409: {for: {lend: {}, write", "status-added", "risky", "lend", "409"),
    Edit("  409: {for: {w", "  409: {for: {lend: {client: must-handle}, w", "status-added", "breaking", "lend", "409"),
    Edit("      lend: {summary: Lent., body: empty}\n", "", "status-removed", "breaking", "lend", "200"),
    Edit(", return: {}}}", "}}", "status-removed", "fine", "return", "403"),
    Edit(", return: {}}}", ", return: not-applicable}}", "status-removed", "fine", "return", "403"),
    Edit(", return: {}}}", ', return: {removed: "2"}}}', "status-removed", "fine", "return", "403"),
    Edit("  201: {for", "  204: {for", "status-changed", "breaking", "write", "201 204"),
    Edit(", return: {}}}", ", return: {}, write: not-applicable}}", "status-ruled-out", "fine", "write", "403"),
    Edit(", read: not-applicable,", ",", "status-not-ruled-out", "risky", "read", "403"),
    Edit("owner: Ann}", "owner: Ann, deprecated: {use: 404}}", "status-deprecated", "risky", "lend", "403"),
    Edit("deprecated: true, since", "since", "status-undeprecated", "fine", "write", "409"),
    Edit('since: "1"}}}', 'since: "2"}}}', "status-since-changed", "fine", "write", "409"),
    Edit("client: ignore", "client: must-handle", "became-must-handle", "breaking", "read", "404"),
    Edit(", client: must-handle", "", "no-longer-must-handle", "fine", "lend", "404"),
    Edit(", client: ignore", "", "client-policy-changed", "fine", "read", "404"),
    Edit("Slow down.,", "Slow down., retryable: false,", "retry-changed", "risky", "read", "429"),
    Edit("retryable: false", "retryable: true", "retry-changed", "fine", "read write lend return", "401"),
    Edit("Lent., body: empty", "Lent., body: book", "body-kind-changed", "fine", "lend", "200"),
    Edit("The book., body: book", "The book., body: empty", "body-kind-changed", "breaking", "read", "200"),
    Edit("book: {kind: content", "book: {kind: error", "body-kind-changed", "breaking", "read", "200"),
    Edit("Gone.,", "Gone., body: empty,", "body-said", "fine", "lend", "404"),
    Edit("Written., body: empty", "Written.", "body-unsaid", "risky", "write", "201"),
    Edit("No such book., body: fault", "No such book., body: other", "body-schema-changed", "risky", "read", "404"),
    Edit("says: The book.", "says: A book.", "body-reworded", "fine", "read", "200"),
    Edit("text/plain: A book", "text/plain: This book", "body-example-changed", "fine", "read", "200"),
    Edit("json, text/plain]", "json, text/plain, text/html]", "media-type-added", "risky", "read", "200"),
    Edit("[application/json, text/plain]", "[text/plain]", "media-type-removed", "breaking", "read", "200"),
    Edit("[application/json, text", "[application/xml, text", "media-type-changed", "breaking", "read", "200"),
    Edit(
        "fault: {kind: error, media_types: [application/json], problem: {json: code}",
        "fault: {kind: error, media_types: [application/json], problem: {json: error.code}",
        "problem-location-changed", "breaking", "read write lend return", "401 404",
    ),
    Edit(
        "[Lost, Torn], open: false}\n  other", "[Lost, Torn, Burnt], open: false}\n  other",
        "problem-added", "risky", "read write lend return", "401 404",
    ),
    Edit(
        "[Lost, Torn], open: false}\n  other", "[Lost], open: false}\n  other",
        "problem-removed", "fine", "read write lend return", "401 404",
    ),
    Edit("A page is missing.", "A page is out.", "problem-reworded", "fine", "read write lend return", "401 404"),
    Edit(
        "open: false}\n  other", "open: true}\n  other",
        "problems-opened", "risky", "read write lend return", "401 404",
    ),
    Edit("X-More: More.}", "X-More: More., X-Less: Less.}", "header-added", "fine", "read", "200"),
    Edit(", X-More: More.}", "}", "header-removed", "risky", "read", "200"),
    Edit("X-Page: {type: integer, required: true}, ", "", "header-removed", "breaking", "read", "200"),
    Edit("X-More: More.", "X-More: {says: More., required: true}", "header-became-required", "fine", "read", "200"),
    Edit("integer, required: true", "integer", "header-became-optional", "risky", "read", "200"),
    Edit("type: integer", "type: epoch", "header-type-changed", "breaking", "read", "200"),
    Edit("X-More: More.", "X-More: Even more.", "header-reworded", "fine", "read", "200"),
    Edit("causes: [full]", "causes: [full, closed]", "cause-added", "fine", "read", "429"),
    Edit("causes: [full], ", "", "cause-removed", "fine", "read", "429"),
    Edit("There is no card.", "No card.", "cause-reworded", "fine", "read write lend return", "401"),
    Edit("The shelf is full.", "It is full.", "cause-reworded", "fine", "read", "429"),
    Edit("remedies: [wait]", "remedies: [wait, hurry]", "remedy-added", "fine", "read", "429"),
    Edit(", remedies: [wait]", "", "remedy-removed", "fine", "read", "429"),
    Edit("wait: Wait.", "wait: Wait a bit.", "remedy-reworded", "fine", "read", "429"),
    Edit("Slow down.", "Slower.", "reworded", "fine", "read", "429"),
    Edit("No card., body", "You need a card., body", "reworded", "fine", "read write lend return", "401"),
    Edit("reason: OK", "reason: Fine", "reason-changed", "fine", "read lend return", "200"),
    Edit("shelf.example/429", "shelf.example/limits", "doc-url-changed", "fine", "read", "429"),
    Edit("owner: Ann", "owner: Bob", "owner-changed", "fine", "lend", "403"),
    Edit("related: [403]", "related: [403, 404]", "related-changed", "fine", "read write lend return", "401"),
]  # fmt: skip

OF_A_DESCRIPTION = [
    Edit("operationId: listBooks", "operationId: allBooks", "operation-renamed", "risky", "allBooks"),
    Edit("library.example/v1", "library.example/v2", "server-changed", "breaking"),
    Edit("/books/{id}", "/books/{number}", "parameter-renamed", "fine", "get-books-number"),
    Edit("summary: List books", "summary: All books", "operation-retitled", "fine", "listBooks"),
    Edit("        404: {description: None.}\n", "", "status-removed", "fine", "listBooks", "404"),
    Edit("4XX: {desc", "404: {}\n        4XX: {desc", "status-added", "fine", "addBook", "404"),
    Edit("201: {desc", "202: {desc", "status-changed", "breaking", "addBook", "201 202"),
    Edit("schemas/Books", "schemas/Fault", "body-schema-changed", "risky", "listBooks", "200"),
    Edit("description: No card.", "description: No.", "reworded", "fine", "listBooks addBook get-books-id", "401"),
    Edit(
        "No card., content: {application/json", "No card., content: {text/json",
        "media-type-changed", "breaking", "listBooks addBook get-books-id", "401",
    ),
    Edit("A book., content: {application/json: {}}", "A book.", "body-kind-changed", "breaking", "get-books-id", "200"),
    Edit("{application/json: {}}", "{text/x: {}}", "media-type-changed", "breaking", "get-books-id", "200"),
]  # fmt: skip


@pytest.mark.parametrize("edit", NO_CHANGE, ids=lambda edit: edit.was)
def test_what_no_client_notices(edit: Edit) -> None:
    assert list(diff(loaded(SHELF), edited(SHELF, edit))) == []


def test_an_unchanged_description() -> None:
    assert list(diff(loaded(LIBRARY), loaded(LIBRARY))) == []


ALL = [*((SHELF, edit) for edit in OF_A_CATALOGUE), *((LIBRARY, edit) for edit in OF_A_DESCRIPTION)]


@pytest.mark.parametrize(("text", "edit"), ALL, ids=[f"{n}-{edit.kind}" for n, (_, edit) in enumerate(ALL)])
def test_one_edit_is_one_change(text: str, edit: Edit) -> None:
    old, new = loaded(text), edited(text, edit)
    assert outline(list(diff(old, new))) == [edit[2:]]
    for change in diff(old, new):
        assert change.message
        assert "{whose}" not in change.message
        assert all(status in change.message for status in change.statuses)
        assert change.old or change.new


def test_every_change_reads_well(golden: Golden) -> None:
    """A person has read messages.txt, for each edit what it changes and what undoing it does."""
    lines = []
    for text, edit in ALL:
        old, new = loaded(text), edited(text, edit)
        for arrow, found in (("->", diff(old, new)), ("<-", diff(new, old))):
            for change in found:
                lines += [f"{arrow} {change.grade} {change.kind}: {change.message}"]
                lines += [f"   {change.before!r} -> {change.after!r} ({change.old}, {change.new})"]
    golden(Path(__file__).with_name("messages.txt"), "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(("text", "edit"), ALL, ids=[f"{n}-{edit.kind}" for n, (_, edit) in enumerate(ALL)])
def test_an_edit_undone_is_one_change_too(text: str, edit: Edit) -> None:
    (change,) = diff(edited(text, edit), loaded(text))
    assert sorted(change.statuses) == sorted(edit.statuses.split())
    assert " ".join(change.operations) == edit.operations or edit.kind.endswith("-renamed")


def test_every_kind_has_its_edit() -> None:
    assert {edit.kind for edit in (*OF_A_CATALOGUE, *OF_A_DESCRIPTION)} == set(get_args(Kind)) - {"problems-closed"}


# What these do hides or moves what the others do.
ALONE = {"operation-removed", "status-changed", "status-removed", "body-kind-changed", "body-schema-changed"}


def test_thirty_edits_at_once_are_thirty_changes() -> None:
    chosen: list[Edit] = []
    touched: set[int] = set()
    for edit in OF_A_CATALOGUE:
        start = SHELF.index(edit.was)
        places = set(range(start, start + len(edit.was)))
        if edit.kind not in ALONE and not places & touched:
            touched |= places
            chosen.append(edit)
    assert len(chosen) >= 30
    assert outline(list(diff(loaded(SHELF), edited(SHELF, *chosen)))) == sorted(edit[2:] for edit in chosen)


def test_the_other_way_round() -> None:
    kinds = {"server-added": "server-removed", "problems-opened": "problems-closed", "header-added": "header-removed"}
    for edit in OF_A_CATALOGUE:
        if edit.kind in kinds:
            assert [change.kind for change in diff(edited(SHELF, edit), loaded(SHELF))] == [kinds[edit.kind]]


def test_what_many_operations_share_is_told_once() -> None:
    limited = LIBRARY.replace(
        "        401: {$ref", "        429: {$ref: '#/components/responses/Slow'}\n        401: {$ref"
    )
    limited = limited.replace("  schemas:", "    Slow: {description: Slow down.}\n  schemas:")
    (change,) = diff(loaded(LIBRARY), loaded(limited))
    assert change.message == (
        "GET /books (listBooks), POST /books (addBook), GET /books/{id} (get-books-id) can answer 429 now"
    )
    assert change.grade == "risky"
    apart = LIBRARY.replace("        401: {$ref", "        429: {description: Slow down.}\n        401: {$ref")
    changes = list(diff(loaded(LIBRARY), loaded(apart)))
    assert [(c.operations, c.grade) for c in changes] == [
        (("listBooks",), "risky"),
        (("addBook",), "fine"),
        (("get-books-id",), "risky"),
    ]


def changes() -> tuple[Catalogue, Catalogue, list[Change]]:
    old = loaded(LIBRARY)
    new = load_catalogue(
        "new.yaml",
        LIBRARY.replace('version: "1"', 'version: "2"')
        .replace("201: {desc", "202: {desc")
        .replace("operationId: listBooks", "operationId: list_books")
        .replace("        404: {description: None.}\n", ""),
    )
    return old, new, list(diff(old, new))


def test_text() -> None:
    assert render_text(changes()[2]) == dedent("""\
        new.yaml:15:9: breaking: status-changed: POST /books (addBook) can answer 202, no longer 201
        new.yaml:6:5: risky: operation-renamed: GET /books (list_books) was called listBooks
        api.yaml:12:9: fine: status-removed: GET /books (list_books) can no longer answer 404
        1 breaking, 1 risky, 1 fine
        """)
    assert render_text([]) == "nothing changed for clients\n"


def test_json() -> None:
    report = json.loads(render_json(changes()[2]))
    assert report["summary"] == {"breaking": 1, "risky": 1, "fine": 1}
    assert report["changes"][1] == {
        "kind": "status-changed",
        "grade": "breaking",
        "operations": ["addBook"],
        "statuses": ["201", "202"],
        "message": "POST /books (addBook) can answer 202, no longer 201",
        "before": "201",
        "after": "202",
        "old": {"path": "api.yaml", "line": 16, "column": 9},
        "new": {"path": "new.yaml", "line": 15, "column": 9},
    }
    assert report["changes"][2]["new"] is None


def test_markdown() -> None:
    old, new, found = changes()
    assert render_markdown(found, old, new) == dedent("""\
        # Library: 1 to 2

        ## Breaks clients

        - POST /books (addBook) can answer 202, no longer 201 (`status-changed`)

        ## May surprise clients

        - GET /books (list\\_books) was called listBooks (`operation-renamed`)

        ## Needs nothing of clients

        - GET /books (list\\_books) can no longer answer 404 (`status-removed`)
        """)
    assert render_markdown([], old, old) == "# Library: changes\n\nNothing changed for clients.\n"


def test_github() -> None:
    assert render_github(changes()[2]).splitlines() == [
        (
            "::error file=new.yaml,line=15,col=9,title=errdex diff%3A status-changed::"
            "POST /books (addBook) can answer 202, no longer 201"
        ),
        (
            "::warning file=new.yaml,line=6,col=5,title=errdex diff%3A operation-renamed::"
            "GET /books (list_books) was called listBooks"
        ),
        (
            "::notice file=api.yaml,line=12,col=9,title=errdex diff%3A status-removed::"
            "GET /books (list_books) can no longer answer 404"
        ),
    ]


def test_a_message_is_one_command_whatever_it_says() -> None:
    change = next(diff(loaded(SHELF), edited(SHELF, OF_A_CATALOGUE[0])))._replace(message="50%\r\n::error::x")
    assert render_github([change]).count("\n") == 1
    assert render_github([change]).endswith("::50%25%0D%0A::error::x\n")


def test_an_operation_is_named_by_its_first_endpoint() -> None:
    (change,) = diff(
        loaded(SHELF), edited(SHELF, Edit("title: Write,", "title: Put up,", "operation-retitled", "fine"))
    )
    assert change.message.startswith("POST /books (write) ")


def test_grades_are_in_order() -> None:
    assert GRADES == ("breaking", "risky", "fine")
