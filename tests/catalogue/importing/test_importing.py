"""What an import makes of descriptions reads as what they say, and an import again keeps what people wrote."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.diff import diff
from errdex.catalogue.importing import catalogue_text, import_catalogue, imported_path
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.openapi_export import export_openapi
from errdex.catalogue.prose import plain
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue

DATA = Path(__file__).parents[1] / "openapi" / "data"
DESCRIPTIONS = [DATA / "library.yaml", DATA / "shop.json", DATA / "folder"]

DESK = """\
    openapi: 3.1.0
    info: {title: Desk API, version: "1", description: "All about [desks](javascript:x)."}
    servers:
      - {url: "{scheme}://{host}/v1", variables: {scheme: {default: https}, host: {default: desk.example}}}
    tags: [{name: desks}]
    paths:
      /desks/{desk id}:
        get:
          operationId: desks/get
          tags: [desks]
          responses:
            200: {description: Here it is., content: {application/json: {schema: {$ref: "#/components/schemas/Desk"}}}}
            400:
              description: |
                The request is wrong. Some reasons:

                - The id is no number.
                - The id is too long. Make sure that it is short.
            404: {description: No such desk., content: &fault {application/json: {schema: {$ref: "#/x/Fault"}}}}
            409: {description: Somebody sits there. Try again later. Retry twice., content: *fault}
            429: {description: Too many., headers: {Retry-After: {description: Seconds., schema: {type: integer}}}}
        put:
          operationId: desks_put
          summary: Sit down
          tags: [desks]
          deprecated: true
          responses:
            204: {description: Done.}
            404: {description: No such desk., content: *fault}
            409: {description: The desk is full., content: *fault}
            429: {description: Too many., headers: {Retry-After: {description: Seconds., schema: {type: integer}}}}
      /rooms:
        head:
          responses:
            200: {description: Rooms.}
            404: {description: No such room., content: *fault}
            429: {description: Too many., headers: {Retry-After: {description: Seconds., schema: {type: integer}}}}
    components: {schemas: {Desk: {}}}
    """


def texts(found: Catalogue) -> dict[tuple[str, ...], object]:
    """Return what each documented response says, by status, method and path, as one text without markup."""
    return {
        (r.status, endpoint.method, endpoint.path): (
            " ".join(plain(f"{r.summary} {r.detail}").replace("- ", "").split()),
            r.body and (r.body.kind, r.body.media_types, [(m, json.loads(text)) for m, text in r.body.example]),
            [header[:5] for header in r.headers],
        )
        for r in found.responses()
        if r.state == "documented"
        for endpoint in found.operation(r.operation).endpoints
    }


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=lambda path: path.name)
def test_import_load_and_export_give_what_was_imported(path: Path) -> None:
    found = load_catalogue(str(path))
    imported = load_catalogue("imported.yaml", catalogue_text(found, str(path)))
    exported = load_catalogue("exported.yaml", export_openapi(imported))
    assert texts(exported) == texts(found)
    assert catalogue_text(found, str(path)) == catalogue_text(load_catalogue(str(path)), str(path))


def desk(tmp_path: Path, text: str = DESK) -> str:
    (tmp_path / "desk.yaml").write_text(dedent(text))
    return str(tmp_path / "desk.yaml")


def test_the_idiom(tmp_path: Path) -> None:
    result = import_catalogue(desk(tmp_path), "codes/desk.yaml")
    assert result.text == result.imported
    assert (result.conflicts, result.warnings) == ((), ())
    assert result.text == dedent("""\
        # yaml-language-server: $schema=https://errdex.example/catalogue-1.schema.json
        #
        # Made by `errdex import` from 'desk.yaml'. Write on here: importing again keeps what people wrote.
        catalogue: 1

        api:
          id: desk-api
          title: Desk API
          version: "1"
          summary: All about [desks]\\(javascript:x).
          servers:
            - {url: "https://{host}/v1", variables: {host: desk.example}}

        bodies:
          desk: {kind: content, media_types: [application/json]}
          empty: {kind: empty}
          fault: {kind: error, media_types: [application/json]}

        causes:
          the-id-is-no-number: The id is no number.
          the-id-is-too-long: {says: The id is too long., remedies: [make-sure-that-it-is-short]}
          no-such-desk: No such desk.

        remedies:
          make-sure-that-it-is-short: Make sure that it is short.
          try-again-later: Try again later.
          retry-twice: Retry twice.

        operations:
          desks-get: {title: "GET /desks/{desk_id}", endpoints: ["GET /desks/{desk_id}"], tags: [desks]}
          desks_put: {title: Sit down, endpoints: ["PUT /desks/{desk_id}"], tags: [desks], deprecated: true}
          head-rooms: {title: HEAD /rooms, endpoints: [HEAD /rooms]}

        groups:
          desks: {title: desks, operations: [desks-get, desks_put]}

        responses:
          200:
            for:
              desks-get: {summary: Here it is., body: desk}
              head-rooms: {summary: Rooms., body: empty}

          204:
            summary: Done.
            body: empty
            for:
              desks_put: {}

          400:
            summary: "The request is wrong. Some reasons:"
            body: empty
            causes: [the-id-is-no-number, the-id-is-too-long]
            for:
              desks-get: {}

          404:
            body: fault
            for:
              desks: {causes: [no-such-desk]}
              head-rooms: {summary: No such room., body: empty}

          409:
            body: fault
            for:
              desks-get: {summary: Somebody sits there., remedies: [try-again-later, retry-twice]}
              desks_put: {summary: The desk is full.}

          429:
            summary: Too many.
            body: empty
            headers:
              Retry-After: {says: Seconds., type: integer}
        """)
    load_catalogue("desk.yaml", result.text)


def again(tmp_path: Path, edits: dict[str, str], changes: dict[str, str]) -> tuple[str, list[str], Catalogue]:
    """Import, let people edit, change the source, import again; return the text and the conflicts."""
    path = str(tmp_path / "codes.yaml")
    first = import_catalogue(desk(tmp_path), path)
    people, source = first.text, dedent(DESK)
    for was, now in edits.items():
        assert people.count(was) == 1, was
        people = people.replace(was, now)
    for was, now in changes.items():
        assert was in source
        source = source.replace(was, now)
    second = import_catalogue(desk(tmp_path, source), path, people, first.imported)
    conflicts = [f"{problem.location.line}: {problem.message}" for problem in second.conflicts]
    unchanged = import_catalogue(str(tmp_path / "desk.yaml"), path, second.text, second.imported)
    assert unchanged.text == second.text
    assert len(unchanged.conflicts) == len(conflicts)
    return second.text, conflicts, load_catalogue(path, second.text)


EDITS = {
    "  no-such-desk: No such desk.\n": (
        "  # What people ask most.\n  no-such-desk:\n    says: No such desk.\n    remedies: [look-again]\n"
    ),
    "  retry-twice: Retry twice.\n": "  retry-twice: Retry twice.\n  look-again: Look again.  # twice\n",
    "desks_put: {summary: The desk is full.}": "desks_put: {summary: The desk is full., client: must-handle}",
    "  429:\n    summary: Too many.": "  429:\n    retryable: true\n    summary: Too many.",
}


def test_nothing_changed_but_by_people(tmp_path: Path) -> None:
    text, conflicts, _ = again(tmp_path, EDITS, {})
    assert conflicts == []
    for line in EDITS.values():
        assert line in text


def test_what_people_wrote_stays_when_the_source_changes(tmp_path: Path) -> None:
    changes = {
        "The desk is full.": "The desk is full to the brim.",
        "description: Done.": "description: Sat down.",
        "    head:\n": "    get: {operationId: list, responses: {200: {description: All rooms.}}}\n    head:\n",
    }
    text, conflicts, found = again(tmp_path, EDITS, changes)
    assert conflicts == []
    assert "desks_put: {summary: The desk is full to the brim., client: must-handle}" in text
    assert "  # What people ask most.\n" in text
    assert "look-again: Look again.  # twice" in text
    assert "summary: Sat down." in text
    assert [operation.id for operation in found.operations] == ["desks-get", "desks_put", "list", "head-rooms"]
    assert "retryable: true" in text


def test_the_same_thing_changed_on_both_sides_is_shown(tmp_path: Path) -> None:
    edits = {"    summary: Done.\n": "    summary: It is yours.\n"}
    text, conflicts, _ = again(tmp_path, edits, {"description: Done.": "description: Sat down."})
    assert conflicts == ["44: summary: the source says now"]
    assert (
        dedent("""\
        204:
            # errdex import: the source says now
            #   summary: Sat down.
            summary: It is yours.
        """)
        in text
    )


def test_what_people_edited_and_the_source_dropped_is_shown(tmp_path: Path) -> None:
    edits = {"      desks_put: {summary: The desk is full.}": "      desks_put: {summary: Sit elsewhere.}"}
    changes = {"        409: {description: The desk is full., content: *fault}\n": ""}
    text, conflicts, _ = again(tmp_path, edits, changes)
    assert [conflict.partition(": ")[2] for conflict in conflicts] == ["desks_put: the source no longer has this"]
    assert "      # errdex import: the source no longer has this\n      desks_put: {summary: Sit elsewhere.}\n" in text


def test_what_people_took_out_and_the_source_changed_is_shown(tmp_path: Path) -> None:
    edits = {"\n  204:\n    summary: Done.\n    body: empty\n    for:\n      desks_put: {}\n": ""}
    text, conflicts, found = again(tmp_path, edits, {"description: Done.": "description: Sat down."})
    assert [conflict.partition(": ")[2] for conflict in conflicts] == [
        "400: this was taken out here, and the source says now"
    ]
    assert "  #   204:\n  #     summary: Sat down.\n" in text
    assert "204" not in [status.code for status in found.statuses]
    assert again(tmp_path, edits, {})[1] == []


def test_names_keep_their_meaning(tmp_path: Path) -> None:
    """A body that comes before others must not take the name of one that people refer to."""
    other = "404: {description: No such desk., content: {text/plain: {schema: {$ref: '#/x/Fault'}}}}"
    first = '404: {description: No such desk., content: &fault {application/json: {schema: {$ref: "#/x/Fault"}}}}'
    text, conflicts, _ = again(tmp_path, {}, {first: f"{other}\n        410: {first[5:]}"})
    assert conflicts == []
    assert "  fault: {kind: error, media_types: [application/json]}\n" in text
    assert "  fault-2: {kind: error, media_types: [text/plain]}\n" in text


def test_a_body_of_one_response_keeps_its_name(tmp_path: Path) -> None:
    inline = 'content: {application/json: {schema: {$ref: "#/components/schemas/Desk"}}}'
    source = dedent(DESK).replace(inline, "content: {text/x: {}}")
    path = str(tmp_path / "codes.yaml")
    first = import_catalogue(desk(tmp_path, source), path)
    assert "  desks-get-200: {kind: content, media_types: [text/x]}\n" in first.text
    assert import_catalogue(desk(tmp_path), path, first.text, first.imported).conflicts == ()
    assert import_catalogue(desk(tmp_path, source), path, first.text, first.imported).imported == first.imported


def test_the_text_of_a_success_is_no_cause(tmp_path: Path) -> None:
    source = dedent(DESK).replace("Here it is.", "No such desk.")
    assert "desks-get: {summary: No such desk., body: desk}" in import_catalogue(desk(tmp_path, source), "x.yaml").text


def test_what_people_refer_to_and_the_source_dropped_is_shown(tmp_path: Path) -> None:
    path = str(tmp_path / "codes.yaml")
    first = import_catalogue(desk(tmp_path), path)
    people = first.text.replace("The desk is full.}", "The desk is full., causes: [no-such-desk]}")
    source = dedent(DESK).replace("No such desk.", "None.", 1).replace("No such desk.", "Neither.")
    second = import_catalogue(desk(tmp_path, source), path, people, first.imported)
    assert [problem.message for problem in second.conflicts] == ["no cause has the id 'no-such-desk'"]


def test_without_the_last_import_every_difference_is_a_conflict(tmp_path: Path) -> None:
    first = import_catalogue(desk(tmp_path), "codes.yaml")
    people = first.text.replace("    summary: Done.\n", "    summary: It is yours.\n")
    second = import_catalogue(desk(tmp_path), "codes.yaml", people)
    assert [problem.message for problem in second.conflicts] == ["summary: the source says now"]
    assert "summary: It is yours." in second.text
    assert imported_path("codes.yaml") == "codes.yaml.imported"


def test_the_difference_between_two_imports_is_that_of_their_sources(tmp_path: Path) -> None:
    found = again(tmp_path, {}, {"description: Done.": "description: Sat down."})[2]
    old = load_catalogue("old.yaml", import_catalogue(desk(tmp_path), "old.yaml").text)
    assert [(change.kind, change.operations) for change in diff(old, found)] == [("reworded", ("desks_put",))]


def test_a_catalogue_of_people_that_is_broken_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        import_catalogue(desk(tmp_path), "codes.yaml", "catalogue: [\n")
    assert caught.value.problems[0].location.path == "codes.yaml"


def test_parameters_become_words_that_differ(tmp_path: Path) -> None:
    path = "/a/{id}/b/{id}/{id}/{7}/{a b}/{+rest}"
    document = {
        "openapi": "3.1.0", "info": {"title": "X", "version": "1"},
        "paths": {path: {"get": {"responses": {"200": {"description": "Done."}}}}},
    }  # fmt: skip
    (tmp_path / "x.json").write_text(json.dumps(document))
    text = import_catalogue(str(tmp_path / "x.json"), "x.yaml").imported
    (operation,) = load_catalogue("x.yaml", text).operations
    assert operation.endpoints[0].path == "/a/{id}/b/{id2}/{id3}/{p7}/{a_b}/{+rest}"
