"""Each feature of a description, in the smallest document that has it."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.documents import is_openapi, is_openapi_folder
from errdex.catalogue.openapi import load_openapi, read_openapi

if TYPE_CHECKING:
    from pathlib import Path

    from errdex.catalogue.model import Catalogue, Response


def catalogue(text: str, path: str = "api.yaml") -> Catalogue:
    return load_openapi(path, dedent(text))


def documented(found: Catalogue) -> dict[tuple[str, str], Response]:
    return {(r.status, r.operation): r for r in found.responses() if r.state == "documented"}


def bodies(found: Catalogue) -> dict[str, str | None]:
    return {f"{status} {operation}": r.body and r.body.kind for (status, operation), r in documented(found).items()}


MINIMAL = """\
    openapi: 3.1.0
    info: {title: Shop, version: 1.10}
    paths:
      /things:
        get:
          responses:
            200: {description: All things.}
    """


def test_the_smallest_document() -> None:
    found = catalogue(MINIMAL)
    assert (found.api.id, found.api.title, found.api.version) == ("shop", "Shop", "1.10")
    assert [(o.id, o.title, o.endpoints[0][:2]) for o in found.operations] == [
        ("get-things", "GET /things", ("GET", "/things"))
    ]
    assert found.columns == ("get-things",)
    assert (found.groups, found.notes, found.api.servers) == ((), (), ())
    (response,) = found.responses()
    assert (response.status, response.state, response.summary) == ("200", "documented", "All things.")
    assert str(response.location) == "api.yaml:7:9"
    assert (response.retryable, response.causes, response.client) == (None, (), "may-propagate")


def test_json_says_the_same_as_yaml() -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1.10"},
        "paths": {"/things": {"get": {"responses": {"200": {"description": "All things."}}}}},
    }
    found = load_openapi("api.json", json.dumps(document, indent=2))
    same = catalogue(MINIMAL)
    assert [r[:6] for r in found.responses()] == [r[:6] for r in same.responses()]
    assert str(found.responses()[0].location) == "api.json:11:11"


@pytest.mark.parametrize(
    ("written", "read"),
    [("200", "200"), ('"200"', "200"), ("4XX", "4XX"), ("4xx", "4XX"), ("default", "default"), ("599", "599")],
)
def test_a_status_key(written: str, read: str) -> None:
    found = catalogue(MINIMAL.replace("200:", f"{written}:"))
    assert [status.code for status in found.statuses] == [read]


@pytest.mark.parametrize("written", ["600", "0404", "20", "success", "2X0"])
def test_a_key_that_is_no_status_is_passed_over_and_told(written: str) -> None:
    reading = read_openapi("api.yaml", dedent(MINIMAL.replace("200:", f"{written}:")))
    assert reading.catalogue.statuses == ()
    assert [str(w.location) for w in reading.warnings] == ["api.yaml:7:9"]
    assert repr(written) in reading.warnings[0].message
    assert repr(written) in reading.catalogue.notes[0]


def test_statuses_come_in_order_and_cover_each_operation_once() -> None:
    found = catalogue(
        """\
        openapi: 3.0.3
        info: {title: Shop, version: "1"}
        paths:
          /a:
            get: {operationId: a, responses: {default: {description: Other.}, 5XX: {description: Broken.}, 404: {}}}
          /b:
            get: {operationId: b, responses: {503: {description: Busy.}, 4XX: {}, 200: {description: Fine.}}}
            put: {operationId: c, responses: {}}
            trace: {operationId: d}
        """
    )
    assert [status.code for status in found.statuses] == ["200", "404", "4XX", "503", "5XX", "default"]
    assert all(
        sorted(o for cell in status.cells for o in cell.operations) == ["a", "b", "c", "d"] for status in found.statuses
    )
    assert {key: r.state for key in [("404", "a"), ("404", "b")] for r in found.responses() if r[:2] == key} == {
        ("404", "a"): "documented",
        ("404", "b"): "unsaid",
    }
    assert [len(status.cells) for status in found.statuses] == [2] * 6


def test_a_response_by_reference_is_one_cell() -> None:
    found = catalogue(
        """\
        openapi: 3.0.3
        info: {title: Shop, version: "1"}
        paths:
          /a:
            get: {operationId: a, responses: {404: {$ref: "#/components/responses/Missing"}}}
            put: {operationId: b, responses: {404: {description: Missing.}}}
            post: {operationId: c, responses: {404: {$ref: "#/components/responses/Also"}}}
            delete: {operationId: d, responses: {404: {$ref: "#/components/responses/Missing", description: Gone.}}}
            head: {operationId: e, responses: {404: {$ref: "#/components/responses/Missing"}}}
        components:
          responses:
            Also: {$ref: "#/components/responses/Missing"}
            Missing: {description: Missing., content: {application/json: {}}}
        """
    )
    (status,) = found.statuses
    assert [(c.operations, c.response.summary, c.response.location.line) for c in status.cells] == [
        (("a", "c"), "Missing.", 13),
        (("b",), "Missing.", 6),
        (("d",), "Gone.", 13),
        (("e",), "Missing.", 13),
    ]
    assert [c.response.body and c.response.body.kind for c in status.cells] == ["error", "empty", "error", "empty"]


def test_bodies_of_openapi() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1"}
        paths:
          /a:
            get:
              operationId: a
              responses:
                200: {content: {application/json: {schema: {$ref: "#/components/schemas/AllThings"}}}}
                204: {description: None.}
                302: {description: Elsewhere., content: {}}
                304: {description: Same., content: {text/plain: {}}}
                404: {description: Missing., content: {application/xml: {}, application/json: {schema: {type: object}}}}
                default: {content: {application/json: {schema: {type: array, items: {$ref: x/Fault.yaml}}}}}
        """
    )
    assert bodies(found) == {
        "200 a": "content",
        "204 a": "empty",
        "302 a": "empty",
        "304 a": "content",
        "404 a": "error",
        "default a": "error",
    }
    assert [(body.id, body.media_types) for body in found.bodies] == [
        ("all-things", ("application/json",)),
        ("empty", ()),
        ("content", ("text/plain",)),
        ("error", ("application/json", "application/xml")),
        ("fault-list", ("application/json",)),
    ]


def test_bodies_of_swagger() -> None:
    found = catalogue(
        """\
        swagger: "2.0"
        info: {title: Shop, version: "1"}
        host: shop.example
        basePath: /v1/
        schemes: [https, http]
        produces: [application/json]
        paths:
          /a:
            get:
              operationId: a
              responses:
                200: {description: All., schema: {$ref: "#/definitions/thing_list"}}
                404: {$ref: "#/responses/missing"}
                500: {description: Broken.}
            put:
              operationId: b
              produces: [text/xml]
              responses:
                404: {$ref: "#/responses/missing"}
        responses:
          missing: {description: Missing., schema: {type: string}, examples: {application/json: {message: no}}}
        """
    )
    assert [server.url for server in found.api.servers] == ["https://shop.example/v1", "http://shop.example/v1"]
    assert bodies(found) == {"200 a": "content", "404 a": "error", "404 b": "error", "500 a": "empty"}
    assert [(body.id, body.media_types, body.example) for body in found.bodies] == [
        ("thing-list", ("application/json",), ()),
        ("error", ("application/json",), (("application/json", '{"message": "no"}'),)),
        ("empty", (), ()),
        ("error-2", ("text/xml",), ()),
    ]


@pytest.mark.parametrize(
    ("servers", "urls", "path"),
    [
        ("[{url: /api/v1}]", ["/api/v1"], "/a"),
        ("[{url: 'https://x.example/'}]", ["https://x.example"], "/a"),
        ("[{url: 'https://x.ex/v1'}, {url: 'https://y.ex/v1'}]", ["https://x.ex/v1", "https://y.ex/v1"], "/a"),
        ("[{description: none}]", [], "/a"),
        ("[]", [], "/a"),
    ],
)  # fmt: skip
def test_servers(servers: str, urls: list[str], path: str) -> None:
    found = catalogue(
        f"""\
        openapi: 3.0.3
        info: {{title: Shop, version: "1"}}
        servers: {servers}
        paths: {{/a: {{get: {{responses: {{}}}}}}}}
        """
    )
    assert [server.url for server in found.api.servers] == urls
    assert [endpoint.path for endpoint in found.operations[0].endpoints] == [path]


def test_a_base_path_that_is_the_default_of_a_variable_stays_a_variable() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1"}
        servers:
          - url: "{scheme}://{host}{base}"
            variables: {scheme: {default: https}, host: {default: "localhost:80"}, base: {default: /v3}}
        paths: {/a: {get: {responses: {}}}}
        """
    )
    (server,) = found.api.servers
    assert server.url == "{scheme}://{host}{base}"
    assert server.variables == (("scheme", "https"), ("host", "localhost:80"), ("base", "/v3"))


def test_operations_below_different_base_paths_have_them_in_their_paths() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1"}
        servers:
          - {url: "https://{host}{base}", variables: {host: {default: shop.example}, base: {default: /v3}}}
        paths:
          /a: {get: {operationId: a, responses: {}}}
          /b:
            servers:
              - {url: "https://{host}/v1", variables: {host: {default: shop.example}}}
              - {url: "https://old.example"}
            get: {operationId: b, responses: {}}
            put: {operationId: c, servers: [{url: "https://up.example/v3"}], responses: {}}
        """
    )
    assert [(s.url, s.variables) for s in found.api.servers] == [
        ("https://{host}", (("host", "shop.example"),)),
        ("https://old.example", ()),
        ("https://up.example", ()),
    ]
    assert {o.id: [e.path for e in o.endpoints] for o in found.operations} == {
        "a": ["/v3/a"],
        "b": ["/v1/b", "/b"],
        "c": ["/v3/b"],
    }


def test_operations_keep_what_is_said_of_them() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1"}
        tags: [{name: Stock and Store, description: All about it.}, {name: unused}]
        paths:
          /repos/{owner}/contents/{path}:
            parameters: [{name: path, in: path}]
            get:
              operationId: repos/get-content
              summary: |
                Get
                 contents
              description: Of a file.
              tags: [Stock and Store, more]
              deprecated: true
              externalDocs: {url: https://docs.example/contents}
              responses: {}
            put: {tags: [get-b], responses: {}}
          /b:
            get: {deprecated: false, externalDocs: {url: "javascript:x"}, responses: {}}
        """
    )
    first, second, third = found.operations
    assert first.id == "repos/get-content"
    assert (first.title, first.summary) == ("Get contents", "Of a file.")
    assert first.endpoints[0].path == "/repos/{owner}/contents/{path}"
    assert (first.tags, first.deprecated, first.doc_url) == (
        ("Stock and Store", "more"),
        ("", ""),
        "https://docs.example/contents",
    )
    assert (second.id, third.id) == ("put-repos-owner-contents-path", "get-b")
    assert (third.deprecated, third.doc_url) == (None, None)
    assert [(g.id, g.title, g.operations) for g in found.groups] == [
        ("stock-and-store", "Stock and Store", (first.id,)),
        ("get-b-2", "get-b", (second.id,)),
    ]
    assert found.columns == ("stock-and-store", "get-b-2", "get-b")


@pytest.mark.parametrize(
    ("path", "parameters", "template"),
    [
        ("/a/{b}", "[{name: b, in: path}]", "/a/{b}"),
        ("/a/{b}", "[{name: b, in: path, x-multi-segment: true}]", "/a/{+b}"),
        ("/a/{b}/c/{d}", "[{$ref: '#/components/parameters/b'}, {$ref: gone.yaml}, {$ref: '#/x'}]", "/a/{+b}/c/{d}"),
        ("/a/{b+}", "[]", "/a/{+b}"),
        ("/a/b", "[{$ref: '#/components/parameters/b'}]", "/a/b"),
        ("a/b", "no list", "/a/b"),
    ],
)
def test_parameters_that_span_slashes(path: str, parameters: str, template: str) -> None:
    document = f"""\
        openapi: 3.2.0
        info: {{title: Shop, version: "1"}}
        paths: {{"{path}": {{PLACE: {parameters}, get: {{HERE: {parameters}, responses: {{}}}}}}}}
        components: {{parameters: {{b: {{name: b, in: path, allowReserved: true}}}}}}
        """
    for place in ("PLACE", "HERE"):
        assert catalogue(document.replace(place, "parameters")).operations[0].endpoints[0].path == template


def test_operation_ids_are_unique() -> None:
    reading = read_openapi(
        "api.yaml",
        dedent(
            """\
            openapi: 3.1.0
            info: {title: Shop, version: "1"}
            paths:
              /a:
                get: {operationId: one, responses: {}}
                put: {operationId: one, responses: {}}
                post: {operationId: "put-a", responses: {}}
                patch: {operationId: "sp ace;", responses: {}}
            """
        ),
    )
    assert [o.id for o in reading.catalogue.operations] == ["one", "put-a", "post-a", "sp-ace"]
    assert [w.message for w in reading.warnings] == [
        "the operationId one names another operation too",
        "the operationId put-a names another operation too",
    ]


def test_methods_of_openapi_3_2() -> None:
    found = catalogue(
        """\
        openapi: 3.2.0
        info: {title: Shop, version: "1"}
        paths:
          /a:
            query: {responses: {200: {summary: "Found.", description: "What was found."}}}
            additionalOperations: {COPY: {responses: {201: {description: Copied.}}}}
        """
    )
    assert [o.methods for o in found.operations] == [("QUERY",), ("COPY",)]
    response = documented(found)["200", "query-a"]
    assert (response.summary, response.detail) == ("Found.", "What was found.")


def test_texts() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1", description: About it.}
        paths:
          /a:
            get:
              operationId: a
              responses:
                400:
                  description: |
                    It is wrong
                    in one of these ways:
                    - the first
                    - the second

                    See [there](ref:nowhere).
                404: {description: }
                409: {description: "one\\u202etwo\\u0007"}
                410: {}
        """
    )
    texts = {r.status: (r.summary, r.detail) for r in found.responses()}
    assert texts == {
        "400": ("It is wrong in one of these ways:", "- the first\n- the second\n\nSee [there]\\(ref:nowhere)."),
        "404": ("", ""),
        "409": ("one\ufffdtwo\ufffd", ""),
        "410": ("", ""),
    }
    assert found.api.summary == "About it."


def test_headers() -> None:
    found = catalogue(
        """\
        openapi: 3.1.0
        info: {title: Shop, version: "1"}
        paths:
          /a:
            get:
              responses:
                429:
                  description: Slow down.
                  headers:
                    Retry-After: {description: How long., required: true, schema: {type: string}}
                    Content-Type: {schema: {type: string}}
                    X-Left: {$ref: "#/components/headers/Left"}
        components: {headers: {Left: {schema: {type: integer, example: 3}}}}
        """
    )
    (response,) = found.responses()
    assert [(h.name, h.says, h.type, h.required, h.example) for h in response.headers] == [
        ("Retry-After", "How long.", "seconds-or-date", True, ""),
        ("X-Left", "", "integer", False, "3"),
    ]


@pytest.mark.parametrize(
    ("content", "example"),
    [
        ("{example: [1, 1.5, null, yes, true, 2024-01-01, '1']}", '[1, 1.5, null, "yes", true, "2024-01-01", "1"]'),
        ("{examples: {one: {value: {a: b}}, two: {value: {}}}}", '{"a": "b"}'),
        ("{examples: {one: {$ref: '#/components/examples/one'}}}", '{"b": true}'),
        ("{schema: {$ref: '#/components/schemas/S'}}", '"s"'),
        ("{schema: {$ref: '#/components/schemas/None'}}", None),
        ("{schema: {$ref: '../../../etc/passwd'}}", None),
        ("{example: '<a/>'}", '"<a/>"'),
        ("{example: '{}'}", "{}"),
        (f"{{example: {'x' * 5000}}}", None),
        (f"{{example: {'[' * 30}1{']' * 30}}}", f"{'[' * 30}1{']' * 30}"),
        (f"{{example: {'[' * 31}1{']' * 31}}}", None),
        (f"{{example: {'{a: ' * 30}1{'}' * 30}}}", '{"a": ' * 30 + "1" + "}" * 30),
        (f"{{example: {'{a: ' * 31}1{'}' * 31}}}", None),
    ],
)  # fmt: skip
def test_examples(content: str, example: str | None) -> None:
    found = catalogue(
        f"""\
        openapi: 3.1.0
        info: {{title: Shop, version: "1"}}
        paths: {{/a: {{get: {{responses: {{200: {{description: All., content: {{application/json: {content}}}}}}}}}}}}}
        components: {{examples: {{one: {{value: {{b: true}}}}}}, schemas: {{S: {{type: string, example: s}}}}}}
        """
    )
    (body,) = found.bodies
    assert body.example == ((("application/json", example),) if example is not None else ())


def test_merge_keys_and_aliases() -> None:
    found = catalogue(
        """\
        swagger: "2.0"
        info: {title: Shop, version: "1"}
        paths:
          /a:
            get:
              operationId: a
              responses: &common
                400: {description: Bad.}
                500: &broken {description: Broken.}
            put:
              operationId: b
              responses:
                <<: *common
                400: {description: Worse.}
                503: *broken
            post:
              operationId: c
              responses: {<<: [*common, {204: {description: Done.}, 400: {description: Not seen.}}]}
        """
    )
    assert {key: r.summary for key, r in documented(found).items()} == {
        ("204", "c"): "Done.",
        ("400", "a"): "Bad.",
        ("400", "b"): "Worse.",
        ("400", "c"): "Bad.",
        ("500", "a"): "Broken.",
        ("500", "b"): "Broken.",
        ("500", "c"): "Broken.",
        ("503", "b"): "Broken.",
    }
    assert [cell.operations for cell in found.statuses[2].cells] == [("a", "b", "c")]


def test_what_is_known_is_an_openapi_document(tmp_path: Path) -> None:
    cases = {
        "openapi: 3.1.0\n": True,
        "# comment\ninfo: {}\n'swagger': '2.0'\n": True,
        '{"info": {}, "openapi" : "3.0.0"}': True,
        "catalogue: 1\napi: {id: openapi}\n": False,
        '{"catalogue": 1, "api": {"summary": "\\"openapi\\": \\"3\\""}}': False,
        '{"catalogue": 1, "x": {"openapi": "3.0"}}': False,
        "x:\n  openapi: 3.1.0\n": False,
        "": False,
    }
    assert {text: is_openapi(text) for text in cases} == cases
    (tmp_path / "part.yaml").write_text("x: 1\n")
    assert not is_openapi_folder(str(tmp_path))
    (tmp_path / "api.yml").write_text("openapi: 3.1.0\n")
    assert is_openapi_folder(str(tmp_path))


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "false", "False", "FALSE", '"true"', "yes", "1"])
def test_what_yaml_takes_for_true(word: str) -> None:
    text = f"openapi: 3.1.0\npaths: {{/a: {{get: {{deprecated: {word}, responses: {{200: {{description: X.}}}}}}}}}}\n"
    assert (load_openapi("api.yaml", text).operations[0].deprecated is not None) is (word.lower() == "true")


def test_a_group_stands_where_its_first_operation_does() -> None:
    operation = "{tags: [a], responses: {200: {description: X.}}}"
    text = f"openapi: 3.1.0\npaths:\n  /a: {{get: {operation}}}\n  /b: {{get: {operation}}}\n"
    (group,) = load_openapi("api.yaml", text).groups
    assert (group.title, group.location.line, len(group.operations)) == ("a", 3, 2)
