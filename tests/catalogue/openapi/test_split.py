"""Descriptions in several files: references, folders, and what is not there."""

from __future__ import annotations

import json
import os
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.openapi import load_openapi, read_openapi
from errdex.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'openapi: 3.0.3\ninfo: {title: Shop, version: "1"}\n'


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))


def test_paths_operations_and_responses_of_other_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "api.yaml": HEAD
            + dedent(
                """\
                paths:
                  /a: {$ref: paths/a.yaml}
                  /b: {$ref: "paths/all.json#/~1b", put: {operationId: own, responses: {204: {description: Own.}}}}
                  /c: {get: {$ref: "paths/all.json#/operations/c%20d"}}
                  /d: {get: {operationId: d, responses: {$ref: paths/responses.yml}}}
                """
            ),
            "paths/a.yaml": """\
                get:
                  operationId: a
                  responses:
                    404: {$ref: "../shared/responses.yaml#/missing"}
                """,
            "paths/all.json": json.dumps(
                {
                    "/b": {
                        "get": {
                            "operationId": "b",
                            "responses": {"404": {"$ref": "../shared/responses.yaml#/missing"}},
                        },
                        "put": {"operationId": "hidden"},
                    },
                    "operations": {"c d": {"operationId": "c", "responses": {"200": {"description": "All."}}}},
                }
            ),
            "paths/responses.yml": "404: {$ref: ../shared/missing.yaml}\n",
            "shared/responses.yaml": "missing: {$ref: missing.yaml}\n",
            "shared/missing.yaml": "description: Missing.\n",
        },
    )
    reading = read_openapi(str(tmp_path / "api.yaml"))
    assert reading.warnings == ()
    found = reading.catalogue
    assert [(o.id, str(o.location).removeprefix(f"{tmp_path}{os.sep}")) for o in found.operations] == [
        ("a", "paths/a.yaml:1:1"),
        ("own", "api.yaml:5:37"),
        ("b", "paths/all.json:1:2"),
        ("c", "api.yaml:6:8"),
        ("d", "api.yaml:7:8"),
    ]
    assert {s.code: [(c.operations, c.response.summary) for c in s.cells] for s in found.statuses} == {
        "200": [(("c",), "All."), (("a", "own", "b", "d"), "")],
        "204": [(("own",), "Own."), (("a", "b", "c", "d"), "")],
        "404": [(("a", "b", "d"), "Missing."), (("own", "c"), "")],
    }
    assert [os.path.relpath(file, tmp_path) for file in reading.files] == [
        "api.yaml",
        "paths/a.yaml",
        "shared/responses.yaml",
        "shared/missing.yaml",
        "paths/all.json",
        "paths/responses.yml",
    ]


def test_a_folder_is_one_api(tmp_path: Path) -> None:
    servers = (
        "servers: [{{url: '{{host}}{{base}}', variables: {{host: {{default: 'https://x'}}, base: {{default: {}}}}}}}]\n"
    )
    write(
        tmp_path,
        {
            "b.yaml": "openapi: 3.1.0\ninfo: {title: Shop Stock API, version: '2'}\n"
            + servers.format("/v1")
            + "paths: {/x: {get: {operationId: b, responses: {404: {$ref: parts/r.yaml}}}}}\n",
            "a.json": json.dumps(
                {
                    "swagger": "2.0",
                    "info": {"title": "Shop Basket API", "version": "2"},
                    "basePath": "/v2",
                    "paths": {"/x": {"get": {"operationId": "a", "responses": {"404": {"$ref": "parts/r.yaml"}}}}},
                }
            ),
            "parts/r.yaml": "description: Missing.\n",
            "parts/openapi.yaml": "openapi: 3.1.0\n",
            "other.yaml": "some: thing\n",
            "notes.txt": "openapi: 3.1.0",
        },
    )
    found = load_openapi(str(tmp_path))
    assert (found.api.title, found.api.version, found.path) == ("Shop API", "2", str(tmp_path))
    assert {o.id: [e.path for e in o.endpoints] for o in found.operations} == {"a": ["/v2/x"], "b": ["/v1/x"]}


def test_one_request_twice_in_a_folder_is_an_error(tmp_path: Path) -> None:
    document = HEAD + "paths: {/x: {get: {responses: {}}}}\n"
    write(tmp_path, {"a.yaml": document, "b.yaml": document})
    with pytest.raises(CatalogueError) as caught:
        load_openapi(str(tmp_path))
    (problem,) = caught.value.problems
    assert str(problem.location) == f"{tmp_path}/b.yaml:3:14"
    assert problem.message == f"GET /x is described twice, first in {tmp_path}/a.yaml:3:14"


@pytest.mark.parametrize(
    ("paths", "warning", "known"),
    [
        (
            "{/a: {get: {responses: {404: {$ref: gone.yaml}}}}}",
            "3:32 gone.yaml is not there: of 404 for GET /a only the status is known",
            {"404 get-a": "documented"},
        ),
        (
            "{/a: {get: {responses: {404: {$ref: 'https://x.example/r.yaml#/r'}}}}}",
            (
                "3:32 https://x.example/r.yaml is not read: errdex never uses the network: "
                "of 404 for GET /a only the status is known"
            ),
            {"404 get-a": "documented"},
        ),
        (
            "{/a: {get: {responses: {$ref: gone.yaml}}}}",
            "3:20 gone.yaml is not there: what GET /a answers is unknown",
            {},
        ),
        (
            "{/a: {get: {$ref: gone.yaml}, put: {responses: {200: {}}}}}",
            "3:14 gone.yaml is not there: what GET /a answers is unknown",
            {"200 put-a": "documented"},
        ),
        (
            "{/a: {$ref: 'gone.yaml#/a'}, /b: {put: {responses: {200: {}}}}}",
            "3:9 gone.yaml is not there: the operations of /a are unknown",
            {"200 put-b": "documented"},
        ),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, paths: str, warning: str, known: dict[str, str]) -> None:
    write(tmp_path, {"api.yaml": f"{HEAD}paths: {paths}\n"})
    reading = read_openapi(str(tmp_path / "api.yaml"))
    place = f"{tmp_path}{os.sep}api.yaml:"
    assert [f"{w.location} {w.message}".removeprefix(place) for w in reading.warnings] == [warning]
    assert len(reading.catalogue.notes) == 1
    assert {f"{r.status} {r.operation}": r.state for r in reading.catalogue.responses() if r.state != "unsaid"} == known


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../secret.yaml", "the reference ../secret.yaml leads out of the folder of the description"),
        ("/etc/passwd", "the reference /etc/passwd leads out of the folder of the description"),
        ("parts/../../secret.yaml", "the reference parts/../../secret.yaml leads out of the folder of the description"),
        ("%2e%2e/secret.yaml", "the reference %2e%2e/secret.yaml leads out of the folder of the description"),
        ("link.yaml", "the reference link.yaml leads out of the folder of the description"),
        ("#/components/responses/None", "the reference #/components/responses/None leads to nothing"),
        ("parts/r.yaml#/x", "the reference parts/r.yaml#/x leads to nothing"),
        ("#anchor", "the reference #anchor is no JSON pointer"),
        ("#/components/responses/Self", "the reference #/components/responses/Self leads back to itself"),
        ("parts/ring.yaml", "the reference ring2.yaml leads back to itself"),
        ("parts/broken.yaml", "key 'a' is said twice, first in line 1"),
        ("parts", "parts is not there"),
    ],
)
def test_references_that_cannot_be_followed(tmp_path: Path, target: str, message: str) -> None:
    folder = tmp_path / "api"
    write(
        folder,
        {
            "api.yaml": f"{HEAD}paths: {{/a: {{get: {{responses: {{404: {{$ref: '{target}'}}}}}}}}}}\n"
            "components: {responses: {Self: {$ref: '#/components/responses/Self'}}}\n",
            "parts/r.yaml": "description: Missing.\n",
            "parts/ring.yaml": "$ref: ring2.yaml\n",
            "parts/ring2.yaml": "$ref: ring.yaml\n",
            "parts/broken.yaml": "{a: b, a: c}\n",
            "../secret.yaml": "description: Secret.\n",
        },
    )
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    if target == "parts":
        messages = [warning.message for warning in read_openapi(str(folder / "api.yaml")).warnings]
    else:
        with pytest.raises(CatalogueError) as caught:
            load_openapi(str(folder / "api.yaml"))
        messages = [problem.message for problem in caught.value.problems]
        assert all(problem.location.line and problem.source for problem in caught.value.problems)
    assert [text.partition(": of 404")[0] for text in messages] == [message]
