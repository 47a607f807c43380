from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.model import Deprecation
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Catalogue, Response

HEAD = """\
catalogue: 1
api: {id: shop, title: Shop}
bodies:
  empty: {kind: empty}
  error: {kind: error, media_types: [application/json], problems: [Slow, Broken]}
causes:
  slow: {says: It is slow., remedies: [wait], retryable: true}
  broken: It is broken.
remedies:
  wait: Wait.
  call: {says: Call us.}
operations:
  read: {title: Read, endpoints: [GET /x]}
  list: {title: List, endpoints: [GET /y]}
  write: {title: Write, endpoints: [PUT /x, DELETE /x]}
groups:
  reading: {title: Reading, operations: [list, read]}
"""


def load(text: str) -> Catalogue:
    return load_catalogue("shop.yaml", HEAD + text)


def cells(text: str) -> dict[str, list[tuple[str, str, str | None]]]:
    """Return (operations, state, group) of each cell by status."""
    return {
        status.code: [(" ".join(cell.operations), cell.response.state, cell.group) for cell in status.cells]
        for status in load(text).statuses
    }


def response(text: str, operation: str = "read") -> Response:
    found = [response for response in load(text).responses() if response.operation == operation]
    assert len(found) == 1
    return found[0]


def test_a_catalogue_may_say_nothing_yet() -> None:
    catalogue = load_catalogue("x.yaml", "catalogue: 1\napi: {id: x, title: X}\n")
    assert catalogue.responses() == ()
    assert catalogue.columns == ()


def test_a_status_without_for_is_one_response_of_every_operation() -> None:
    assert cells("responses: {404: {reason: Not Found}}") == {"404": [("read list write", "documented", None)]}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("for: {}", [("read list", "unsaid", "reading"), ("write", "unsaid", None)]),
        ("for: {write: {}}", [("read list", "unsaid", "reading"), ("write", "documented", None)]),
        ("for: {reading: {}}", [("read list", "documented", "reading"), ("write", "unsaid", None)]),
        (
            "for: {reading: {}, read: not-applicable}",
            [("read", "not-applicable", None), ("list", "documented", "reading"), ("write", "unsaid", None)],
        ),
        (
            "for: {read: {}, reading: not-applicable}",
            [("read", "documented", None), ("list", "not-applicable", "reading"), ("write", "unsaid", None)],
        ),
        ("for: {list: {}}", [("read", "unsaid", None), ("list", "documented", None), ("write", "unsaid", None)]),
        (
            "for: {reading: {}, read: {}, list: {}, write: {}}",
            [("read", "documented", None), ("list", "documented", None), ("write", "documented", None)],
        ),
    ],
)
def test_cells_of_a_status_with_for(said: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert cells(f"responses: {{404: {{{said}}}}}") == {"404": expected}


def test_shared_fields_are_overlaid_by_group_then_by_operation() -> None:
    text = """
responses:
  500:
    reason: Status
    summary: Status.
    detail: Status.
    causes: [slow]
    retryable: true
    client: must-handle
    for:
      reading: {detail: Group., causes: [broken], retryable: false}
      read: {causes: []}
      write: not-applicable
"""
    read, listed, write = load(text).responses()
    assert (read.summary, read.detail, read.causes, read.retryable) == ("Status.", "Group.", (), False)
    assert [cause.id for cause in listed.causes] == ["broken"]
    assert (read.client, listed.client) == ("must-handle", "must-handle")
    assert (write.state, write.reason, write.summary, write.causes, write.client) == (
        "not-applicable",
        "Status",
        "",
        (),
        "may-propagate",
    )


def test_an_operation_may_carry_its_own_responses() -> None:
    own = HEAD.replace(
        "endpoints: [GET /x]}", "endpoints: [GET /x], responses: {404: {reason: Gone}, 409: not-applicable}}"
    )
    catalogue = load_catalogue("x.yaml", own + "responses: {404: {reason: Not Found, summary: None., body: empty}}")
    assert [(status.code, status.reason) for status in catalogue.statuses] == [("404", "Not Found"), ("409", "")]
    read = catalogue.responses()[0]
    assert (read.reason, read.summary, read.body and read.body.id) == ("Gone", "None.", "empty")
    assert read.location.line == 13
    states = {(r.status, r.operation): r.state for r in catalogue.responses()}
    assert states["404", "list"] == "documented"
    assert (states["409", "read"], states["409", "list"]) == ("not-applicable", "unsaid")


def test_statuses_are_in_the_order_of_their_codes() -> None:
    catalogue = load('responses: {default: {}, 5XX: {}, "404": {}, 200: {}, 4XX: {}, 503: {}}')
    assert [status.code for status in catalogue.statuses] == ["200", "404", "4XX", "503", "5XX", "default"]


def test_columns_default_to_groups_at_the_place_of_their_first_operation() -> None:
    assert load("").columns == ("reading", "write")
    assert load("columns: [write, reading]").columns == ("write", "reading")
    assert load("columns: [write, list, read]").columns == ("write", "list", "read")
    assert load("").groups[0].operations == ("read", "list")


def test_causes_bring_their_remedies_and_may_have_their_own() -> None:
    text = """
responses:
  500:
    causes:
      - slow
      - {id: broken, remedies: [call, {id: pray, says: Pray.}], retryable: false}
      - {id: unknown, says: Nobody knows.}
    remedies: [{id: wait, says: Wait longer.}]
"""
    slow, broken, unknown = response(text).causes
    assert (slow.says, [remedy.says for remedy in slow.remedies], slow.retryable) == ("It is slow.", ["Wait."], True)
    assert (broken.says, broken.retryable) == ("It is broken.", False)
    assert [(remedy.id, remedy.says) for remedy in broken.remedies] == [("call", "Call us."), ("pray", "Pray.")]
    assert (unknown.says, unknown.remedies, unknown.retryable) == ("Nobody knows.", (), None)
    assert [remedy.says for remedy in response(text).remedies] == ["Wait longer."]


def test_a_cause_with_its_own_words_keeps_what_it_does_not_say() -> None:
    (cause,) = response("responses: {500: {causes: [{id: slow, says: Slower here.}]}}").causes
    assert (cause.says, [remedy.id for remedy in cause.remedies], cause.retryable) == ("Slower here.", ["wait"], True)


def test_problems_come_from_the_body_unless_the_response_names_its_own() -> None:
    assert [p.id for p in response("responses: {500: {body: error}}").problems] == ["Slow", "Broken"]
    assert [p.id for p in response("responses: {500: {body: error, problems: [Slow]}}").problems] == ["Slow"]
    assert response("responses: {500: {body: error, problems: []}}").problems == ()
    assert response("responses: {500: {}}").problems == ()
    described = response(
        "problems: {Slow: {title: Too slow, retryable: true}}\nresponses: {500: {body: error}}"
    ).problems
    assert [(p.title, p.retryable) for p in described] == [("Too slow", True), ("Broken", None)]


def test_everything_that_a_response_can_say() -> None:
    text = """
responses:
  404: {}
  429:
    reason: Too Many Requests
    summary: |
      Said in
      two lines.
    headers:
      Retry-After: {says: When to come again., type: seconds-or-date, required: true, example: 120}
      X-Count: How many.
    client: ignore
    since: "2.10"
    deprecated: {since: 3, use: 404}
    removed: 4.0
    doc_url: https://example.com/429
    owner: Team Shop
    related: [404, "429"]
"""
    (found,) = (r for r in load(text).responses() if (r.status, r.operation) == ("429", "read"))
    assert found.summary == "Said in two lines."
    assert [header[:5] for header in found.headers] == [
        ("Retry-After", "When to come again.", "seconds-or-date", True, "120"),
        ("X-Count", "How many.", "string", False, ""),
    ]
    assert (found.client, found.since, found.deprecated, found.removed) == (
        "ignore",
        "2.10",
        Deprecation("3", "404"),
        "4.0",
    )
    assert (found.doc_url, found.owner, found.related) == ("https://example.com/429", "Team Shop", ("404", "429"))
    assert (found.retryable, found.body) == (None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("true", Deprecation("", "")),
        ("false", None),
        ('"false"', Deprecation("false", "")),
        ("2.5", Deprecation("2.5", "")),
        ('"2.10"', Deprecation("2.10", "")),
        ("{use: list}", Deprecation("", "list")),
        ("{}", Deprecation("", "")),
    ],
)
def test_the_forms_of_deprecated(said: str, expected: Deprecation | None) -> None:
    assert response(f"responses: {{500: {{deprecated: {said}}}}}").deprecated == expected


def test_a_response_stands_where_it_is_said() -> None:
    text = "responses:\n  500:\n    for:\n      reading: {}\n      write: not-applicable\n"
    first = HEAD.count("\n")
    places = {r.operation: (r.location.line - first, r.location.column) for r in load(text).responses()}
    assert places == {"read": (4, 7), "list": (4, 7), "write": (5, 7)}
    assert [status.location.line - first for status in load(text).statuses] == [2]


def test_the_collector_runs_again_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(CatalogueError):
        load("nonsense: 1")
    assert gc.isenabled()


def folder(path: Path, **files: str) -> str:
    for name, text in files.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(path)


def test_a_folder_is_one_catalogue(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        api=HEAD,
        orders="""\
catalogue: 1
operations:
  order: {title: Order, endpoints: [POST /z], responses: {404: {body: empty}}}
""",
        statuses="catalogue: 1\nresponses: {500: {causes: [slow]}}\nnotes: [One., Two.]\n",
    )
    (tmp_path / "readme.md").write_text("not a catalogue")
    (tmp_path / ".hidden.yaml").write_text("not a catalogue")
    catalogue = load_catalogue(path)
    assert catalogue.path == path
    assert [operation.id for operation in catalogue.operations] == ["read", "list", "write", "order"]
    assert [status.code for status in catalogue.statuses] == ["404", "500"]
    assert catalogue.notes == ("One.", "Two.")
    assert catalogue.statuses[0].location.path.endswith("orders.yaml")


def test_problems_of_a_folder_name_their_own_files(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        a=HEAD,
        b="catalogue: 1\napi: {id: x, title: X}\ncauses: {slow: Again.}\nresponses: {500: {causes: [slwo]}}\n",
        c="catalogue: 2\noperations: {read: {title: Read}}\n",
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    told = [f"{p.location.path[len(path) + 1 :]}:{p.location.line} {p.message}" for p in caught.value.problems]
    assert [line.replace(path, "FOLDER") for line in told] == [
        "b.yaml:2 'api' is said twice, first in line 2 of FOLDER/a.yaml",
        "b.yaml:3 cause 'slow' is said twice, first in line 7 of FOLDER/a.yaml",
        "b.yaml:4 no cause has the id 'slwo'; did you mean 'slow'?",
        "c.yaml:1 'catalogue' is 2, not 1",
        "c.yaml:2 'read' has no 'endpoints'",
        "c.yaml:2 operation 'read' is said twice, first in line 13 of FOLDER/a.yaml",
    ]
    assert all(problem.source for problem in caught.value.problems)


def test_a_folder_without_api_or_without_files(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no \.yaml file in this folder"):
        load_catalogue(str(tmp_path))
    with pytest.raises(CatalogueError, match="no file of the folder has 'api'"):
        load_catalogue(folder(tmp_path, a="catalogue: 1\n", b="catalogue: 1\n"))


def test_a_folder_of_one_file_needs_an_api_too(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="the catalogue has no 'api'"):
        load_catalogue(folder(tmp_path, a="catalogue: 1\n"))


def test_so_many_problems_that_nobody_reads_them_all() -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue("x.yaml", "catalogue: 1\napi: {id: x, title: X}\n" + "".join(f"k{n}: 1\n" for n in range(600)))
    assert len(caught.value.problems) == 501
    assert caught.value.problems[-1].message == "more than 500 problems, the others are not told"


def test_two_facts_may_say_the_same() -> None:
    found = load_catalogue(
        "shop.yaml",
        HEAD.replace("[GET /x]}", "[GET /x], limits: [One., One.]}").replace("Shop}", "Shop, servers: [/v1, /v1]}"),
    )
    assert found.operation("read").limits == ("One.", "One.")
    assert [server.url for server in found.api.servers] == ["/v1", "/v1"]
