"""OpenAPI and Swagger documents that are broken, huge, deep, cyclic, aliased, mistyped or malicious."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from tests.hostile.trying import Case

if TYPE_CHECKING:
    from pathlib import Path

INFO = {"title": "Shop", "version": "1"}
GONE = {"description": "Gone."}
LOOK = {"get": {"operationId": "look", "responses": {"200": {"description": "Done."}, "404": GONE}}}


def document(paths: object = None, **more: object) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": INFO, "paths": {"/look": LOOK} if paths is None else paths, **more}


def of(data: object) -> bytes:
    return json.dumps(data).encode()


def answering(responses: object) -> bytes:
    """Return a document whose only operation has these responses."""
    return of(document({"/look": {"get": {"operationId": "look", "responses": responses}}}))


def referring(target: object) -> bytes:
    """Return a document whose only error is a reference."""
    return answering({"200": {"description": "Done."}, "404": {"$ref": target}})


def saying(text: str) -> bytes:
    """Return a document that says a text wherever a text can stand."""
    media = {text: {"schema": {"$ref": f"#/components/schemas/{text}"}, "example": {text: text}}}
    response = {"description": text, "headers": {text: {"description": text, "example": text}}, "content": media}
    operation = {"operationId": text, "summary": text, "tags": [text], "responses": {"200": GONE, "404": response}}
    return of(
        {
            "openapi": "3.1.0",
            "info": {"title": text, "version": text, "description": text},
            "servers": [{"url": f"https://example.com/{text}"}],
            "paths": {"/look": {"get": operation}, f"/{text}": {"post": {**operation, "operationId": f"{text}2"}}},
        }
    )


def deep(levels: int) -> bytes:
    nested = '{"a":' * levels + "1" + "}" * levels
    return of(document()).replace(b'"Gone."', f'"Gone.", "content": {{"application/json": {nested}}}'.encode())


def many(count: int) -> bytes:
    return of(
        document(
            {
                f"/op/{n}": {
                    "get": {
                        "operationId": f"op-{n}",
                        "responses": {"200": GONE, "404": GONE, "503": {"description": "x"}},
                    }
                }
                for n in range(count)
            }
        )
    )


def bomb(depth: int = 30) -> bytes:
    lines = ["x-a0: &a0 {x: 1}", *(f"x-a{n}: &a{n} {{a: *a{n - 1}, b: *a{n - 1}}}" for n in range(1, depth))]
    lines += ["openapi: 3.1.0", "info: {title: Shop, version: '1'}", "paths:", "  /look:", "    get:"]
    lines += [
        f"      responses: {{200: {{description: Done., content: {{application/json: {{example: *a{depth - 1}}}}}}}}}"
    ]
    return "\n".join(lines).encode()


def outside(folder: Path) -> None:
    (folder.parent / "outside.txt").write_text(json.dumps(document()))
    (folder / "api.json").write_bytes(referring("../outside.txt#/paths/~1look/get/responses/404"))


def link_out(folder: Path) -> None:
    (folder.parent / "outside.txt").write_text(json.dumps(GONE))
    (folder / "inside.json").symlink_to("../outside.txt")
    (folder / "api.json").write_bytes(referring("inside.json"))


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    (folder / "api.json").write_bytes(referring("pipe.json"))


def device(folder: Path) -> None:
    (folder / "api.json").write_bytes(referring("/dev/zero"))


def two_in_a_circle(folder: Path) -> None:
    (folder / "other.json").write_text(json.dumps({"a": {"$ref": "api.json#/paths/~1look/get/responses/404"}}))
    (folder / "api.json").write_bytes(referring("other.json#/a"))


def folder_of_documents(folder: Path) -> None:
    (folder / "api.json").mkdir()
    (folder / "api.json/a.json").write_bytes(of(document()))
    (folder / "api.json/b.json").write_text("{")
    os.mkfifo(folder / "api.json/c.json")


TEXTS = (
    "../../x",
    "</script><script>window.hostile=1</script>",
    '"""\nimport os\nos.abort()\n"""',
    "\\",
    "{{ 7*7 }} {% raw %} ${7*7} %s {0}",
    "::error file=x::y\r\n::add-mask::z",
    "\x1b]0;x\x07\x1b[2J",
    "\x00",
    "\u202e\u2066\u200b",
    "\ud800",
    "class",
    "__import__('os')",
    "a" * 10_000,
    "/" * 140 + "a",
    "{" * 500,
    "[" * 3_000,
    "é\u0301\U0001f4a9",
    "[x](javascript:y) ![z](data:,w) <a href=x>",
    "",
)
STATUSES = (
    "200\": __import__('os'), \"x",
    "4XX",
    "4xx",
    "default",
    "DEFAULT",
    "999",
    "42",
    "",
    "404 ",
    "x-404",
    "-1",
    "4\ud800",
)
MISTYPED: tuple[object, ...] = (None, True, 1, 1.5, "text", [], [1], {}, {"x": 1}, {"": None})

CASES = (
    Case("nothing but a version", of({"openapi": "3.1.0"})),
    Case("a version that is a number", of({**document(), "openapi": 3.1})),
    Case("a version of the future", of({**document(), "openapi": "9.0.0"})),
    Case("a version of both kinds", of({**document(), "swagger": "2.0"})),
    Case("a broken end", of(document())[:-5]),
    Case("something after the end", of(document()) + b"x"),
    Case("NaN", of(document(x=float("nan")))),
    Case("a huge number", of(document(x="N")).replace(b'"N"', b"9" * 10_000)),
    Case("a huge exponent", of(document(x="N")).replace(b'"N"', b"1e999999999")),
    Case("the same key twice", of(document()).replace(b'"paths"', b'"paths": {}, "paths"')),
    Case("the same status twice", of(document()).replace(b'"404"', b'"404": {"description": "x"}, "404"')),
    Case("deep lists", b'{"openapi": "3.1.0", "paths": ' + b"[" * 100_000),
    Case("deep objects", b'{"openapi": "3.1.0", "paths": ' + b'{"a":' * 100_000),
    Case("a deep content", deep(900)),
    Case("a deeper content", deep(90_000)),
    Case("an alias bomb", bomb()),
    Case("an alias of itself", b"openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: &a {/x: *a}\n"),
    Case("a tag that runs", b"openapi: !!python/object/apply:os.abort []\n"),
    Case("an object with __proto__", of(document({"/__proto__": LOOK, "/constructor": LOOK}))),
    Case("100 operations", many(100)),
    Case("a path of 300 parameters", of(document({"/" + "/".join(f"{{p{n}}}" for n in range(300)): LOOK}))),
    Case("a path of 300 parameters in a row", of(document({"/" + "".join(f"{{p{n}}}" for n in range(300)): LOOK}))),
    Case("paths that mean the same", of(document({"/a/{b}": LOOK, "/a/{c}": LOOK, "a/{d}": LOOK, "/a/{b}/": LOOK}))),
    Case("a reference to itself", referring("#/paths/~1look/get/responses/404")),
    Case(
        "references round in a circle",
        of(
            document(
                components={
                    "responses": {"a": {"$ref": "#/components/responses/b"}, "b": {"$ref": "#/components/responses/a"}}
                }
            )
        ).replace(b'{"description": "Gone."}', b'{"$ref": "#/components/responses/a"}'),
    ),
    Case(
        "a chain of 200 references",
        of(
            document(
                components={
                    "responses": {
                        **{f"r{n}": {"$ref": f"#/components/responses/r{n + 1}"} for n in range(200)},
                        "r200": GONE,
                    }
                }
            )
        ).replace(b'"404": {"description": "Gone."}', b'"404": {"$ref": "#/components/responses/r0"}'),
    ),
    Case("references round in a circle of files", two_in_a_circle, "api.json"),
    Case("a reference out of the folder", outside, "api.json"),
    Case("a link out of the folder", link_out, "api.json"),
    Case("a reference to a named pipe", pipe, "api.json"),
    Case("a reference to a device", device, "api.json"),
    Case("a folder with a broken document and a named pipe", folder_of_documents, "api.json"),
    *(
        Case(f"a reference to {target[:40]!a}", referring(target))
        for target in (
            "file:///etc/passwd",
            "/etc/passwd",
            "..\\..\\x",
            "%2e%2e/%2e%2e/etc/passwd",
            "http://127.0.0.1:9/x",
            "//127.0.0.1/x",
            ".",
            "..",
            "#",
            "#/",
            "#/paths/~1look",
            "#/openapi",
            "#nothing",
            "\x00",
            "\ud800",
            "x" * 5_000,
            "#/" + "a/" * 50_000,
            "",
        )
    ),
    Case("a reference that is a number", referring(5)),
    *(Case(f"the paths {value!a}", of(document(value) | {"paths": value})) for value in MISTYPED),
    *(Case(f"the path item {value!a}", of(document({"/look": value}))) for value in MISTYPED),
    *(Case(f"the operation {value!a}", of(document({"/look": {"get": value}}))) for value in MISTYPED),
    *(Case(f"the responses {value!a}", answering(value)) for value in MISTYPED),
    *(Case(f"the response {value!a}", answering({"404": value})) for value in MISTYPED),
    *(Case(f"the content {value!a}", answering({"404": {"description": "x", "content": value}})) for value in MISTYPED),
    *(Case(f"the headers {value!a}", answering({"404": {"description": "x", "headers": value}})) for value in MISTYPED),
    *(Case(f"the servers {value!a}", of(document(servers=value))) for value in MISTYPED),
    *(Case(f"the info {value!a}", of({**document(), "info": value})) for value in MISTYPED),
    *(Case(f"the status {status!a}", answering({"200": GONE, status: GONE})) for status in STATUSES),
    *(Case(f"the text {text[:30]!a}, {len(text)} long", saying(text)) for text in TEXTS),
)
