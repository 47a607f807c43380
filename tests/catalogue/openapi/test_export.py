"""What is exported is valid by another tool's judgement, and reads as what it was made from."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml
from openapi_spec_validator import validate

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.openapi_export import export_openapi

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue

DATA = Path(__file__).with_name("data")
CODES = Path(__file__).parents[3] / "codes"

SHELF = """\
    catalogue: 1
    api: {id: shelf, title: Shelf, servers: [{url: "https://{host}/v1", variables: {host: shelf.example}}]}
    links: {help: {title: Help, url: "https://shelf.example/help"}, nowhere: {title: Nowhere}}
    bodies:
      fault: {kind: error, says: Says what is wrong., media_types: [application/problem+json]}
      any: {kind: content}
    causes:
      gone: {says: It was taken., remedies: [wait]}
      lost: It was never there.
    remedies: {wait: "Wait, or see [help](ref:help) or [that](ref:nowhere).", ask: Ask.}
    operations:
      read: {title: Read, summary: Reads it., endpoints: ["GET /books/{id}", "GET /pages/{+path}"], limits: [One.]}
      write: {title: Write, endpoints: ["PUT /books/{id}"], deprecated: true, doc_url: "https://shelf.example/write"}
      copy: {title: Copy, endpoints: ["COPY /books/{id}"]}
      old: {title: Old, endpoints: ["DELETE /books/{id}"], removed: "2"}
    groups: {all: {title: Everything, operations: [read, write]}}
    responses:
      200: {for: {read: {body: any, summary: Here it is.}}}
      404:
        body: fault
        summary: There is none.
        causes: [gone, lost]
        remedies: [ask]
        retryable: true
        client: must-handle
      409: {for: {write: {causes: [gone]}, read: not-applicable}}
      410: {for: {write: {removed: "3"}}}
      429: {for: {all: {headers: {Retry-After: {type: integer, required: true, example: 3}}}}}
    """


def responses(found: Catalogue) -> dict[tuple[str, ...], object]:
    """Return what each documented response says, by status, method and path."""
    return {
        (r.status, *endpoint[:2]): (
            f"{r.summary} {r.detail}".strip().split(),
            r.body and (r.body.kind, sorted(r.body.media_types), r.body.example),
            [header[:5] for header in r.headers],
        )
        for r in found.responses()
        if r.state == "documented"
        for endpoint in found.operation(r.operation).endpoints
    }


@pytest.mark.parametrize(
    "path", [DATA / "library.yaml", DATA / "shop.json", DATA / "folder"], ids=lambda path: path.name
)
def test_a_description_is_exported_as_it_was_read(path: Path) -> None:
    found = load_catalogue(str(path))
    text = export_openapi(found)
    validate(yaml.load(text, yaml.CSafeLoader))
    again = load_catalogue("again.yaml", text)
    assert responses(again) == responses(found)
    assert [(o.id, o.title, o.summary, o.tags, o.deprecated) for o in again.operations] == [
        (o.id, o.title, o.summary, o.tags, o.deprecated) for o in found.operations
    ]
    assert [server[:2] for server in again.api.servers] == [server[:2] for server in found.api.servers]
    assert [group[:3] for group in again.groups] == [group[:3] for group in found.groups]
    assert export_openapi(again) == text


@pytest.mark.parametrize("path", sorted(CODES.glob("*.yaml")), ids=lambda path: path.name)
def test_our_catalogues_are_valid_documents(path: Path) -> None:
    found = load_catalogue(str(path))
    text = export_openapi(found)
    validate(yaml.load(text, yaml.CSafeLoader))
    assert responses(load_catalogue("again.yaml", text)).keys() == responses(found).keys()


def test_what_only_a_catalogue_says() -> None:
    text = export_openapi(load_catalogue("shelf.yaml", dedent(SHELF)))
    document = yaml.load(text, yaml.CSafeLoader)
    validate(document)
    assert document["openapi"] == "3.2.0"
    assert document["info"] == {"title": "Shelf", "version": "unversioned"}
    assert document["servers"] == [{"url": "https://{host}/v1", "variables": {"host": {"default": "shelf.example"}}}]
    books, pages = document["paths"]["/books/{id}"], document["paths"]["/pages/{path}"]
    assert list(books) == ["parameters", "get", "put", "additionalOperations"]
    assert pages["parameters"] == [
        {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}, "x-multi-segment": True}
    ]
    assert books["get"]["description"] == "Reads it.\n\n- One."
    assert books["put"]["externalDocs"] == {"url": "https://shelf.example/write"}
    assert [books["get"]["operationId"], pages["get"]["operationId"]] == ["read", "read-2"]
    assert (books["put"]["tags"], books["put"]["deprecated"]) == (["Everything"], True)
    assert list(books["additionalOperations"]["COPY"]["responses"]) == ["404"]
    assert list(books["put"]["responses"]) == ["404", "409", "429"]
    assert (
        books["put"]["responses"]["409"]["description"]
        == "It was taken. Wait, or see [help](https://shelf.example/help) or that."
    )
    assert document["components"]["responses"] == {
        "200": {
            "description": "Here it is.",
            "content": {"*/*": {"schema": {"$ref": "#/components/schemas/any"}}},
        },
        "404": {
            "description": "There is none.\n\nSays what is wrong.\n\n"
            "- It was taken. Wait, or see [help](https://shelf.example/help) or that.\n- It was never there.\n\nAsk.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/fault"}}},
            "x-retryable": True,
            "x-client": "must-handle",
        },
        "429-all": {
            "description": "",
            "headers": {"Retry-After": {"required": True, "schema": {"type": "integer"}, "example": 3}},
        },
    }
    assert document["components"]["schemas"] == {"any": {}, "fault": {"description": "Says what is wrong."}}
