"""Catalogues that are broken, huge, deep, cyclic, aliased, mistyped or malicious."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.hostile.trying import Case
from tests.pages.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "catalogue: 1\napi: {id: shop, title: Shop}\n"
OPERATIONS = "operations:\n  look: {title: Look, endpoints: [GET /look]}\n"
RESPONSES = "responses:\n  200: {summary: Done.}\n  404: {summary: Gone.}\n"
WHOLE = HEAD + OPERATIONS + RESPONSES


def quoted(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def said(text: str) -> bytes:
    """Return a catalogue that says a text wherever a text can stand."""
    one = quoted(text)
    return f"""\
catalogue: 1
api: {{id: shop, title: {one}, version: {one}, request_id_header: X-Id}}
links: {{there: {{title: {one}, url: "https://example.com/"}}}}
bodies:
  coded: {{kind: error, says: {one}, media_types: [application/json], problem: {{json: code}}, problems: [odd],
          example: {{application/json: {one}}}}}
problems: {{odd: {{title: {one}, says: {one}}}}}
causes: {{why: {{says: {one}}}}}
remedies: {{how: {{says: {one}}}}}
operations: {{look: {{title: {one}, endpoints: [GET /look], tags: [{one}]}}}}
responses:
  200: {{summary: {one}, reason: {one}}}
  404: {{summary: {one}, detail: {one}, causes: [why], remedies: [how], body: coded, owner: {one}, since: {one}}}
""".encode("utf-8", "surrogatepass")


def with_id(name: str) -> bytes:
    """Return a catalogue in which an id of every kind is that name."""
    one = quoted(name)
    return f"""\
catalogue: 1
api: {{id: {one}, title: Shop}}
bodies: {{{one}: {{kind: error, problem: {{json: code}}, problems: [{one}]}}}}
problems: {{{one}: {{title: Odd}}}}
causes: {{{one}: {{says: So.}}}}
operations: {{{one}: {{title: Look, endpoints: [GET /look], tags: [{one}]}}}}
groups: {{}}
responses: {{404: {{summary: Gone., body: {one}, causes: [{one}]}}}}
""".encode("utf-8", "surrogatepass")


def many(count: int) -> bytes:
    """Return an API with so many operations, three errors each."""
    lines = [f"  op-{n}: {{title: Op {n}, endpoints: [GET /op/{n}]}}" for n in range(count)]
    responses = "responses:\n  200: {summary: Done.}\n  404: {summary: Gone.}\n  503: {summary: Busy.}\n"
    return "\n".join([HEAD + "operations:", *lines, responses]).encode()


def bomb(depth: int = 30) -> bytes:
    """Return aliases that double at each line."""
    lines = ["  a0: &a0 [x, x]", *(f"  a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, depth))]
    return "\n".join([f"{WHOLE}causes:", *lines, ""]).encode()


def merges(depth: int = 30) -> bytes:
    """Return merge keys that double at each line."""
    lines = ["  a0: &a0 {x: 1}", *(f"  a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, depth))]
    return "\n".join([f"{WHOLE}causes:", *lines, ""]).encode()


def fifo(folder: Path) -> None:
    os.mkfifo(folder / "api.yaml")


def device(folder: Path) -> None:
    (folder / "api.yaml").symlink_to("/dev/zero")


def circle(folder: Path) -> None:
    (folder / "api.yaml").symlink_to("api.yaml")


def empty_folder(folder: Path) -> None:
    (folder / "api.yaml").mkdir()


def folder_of_strange_files(folder: Path) -> None:
    (folder / "api.yaml").mkdir()
    os.mkfifo(folder / "api.yaml/a.yaml")
    (folder / "api.yaml/b.yaml").write_text(WHOLE)


def nothing(folder: Path) -> None:
    assert folder.is_dir()


IDS = (
    "../../x",
    "..",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "con",
    "nul.py",
    "__init__",
    "class",
    "None",
    "Exception",
    "print",
    "x" * 300,
    "",
    " ",
    "a b",
    "a\nimport os",
    '"; import os; "',
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "::error::x",
    "\x1b[31m",
    "\u202egpj",
    "é",
    "0",
    "-",
    "a" * 60 + "." * 60,
)
TEXTS = (
    *HOSTILE,
    '"""\nimport os\nos.abort()\n"""',
    "'''",
    "\\",
    "\\N{BULLET} \\x41 \\",
    "# noqa\n# type: ignore\nimport os",
    "%s %(x)s {0} {x!r} $x",
    "::error file=x::y\n::add-mask::z\n##[error]x",
    "\u2028\u2029\u0085",
    "a" * 100_000,
    "word " * 20_000,
    "https://" + "a" * 5_000,
    "[" * 5_000,
    "](" * 5_000,
    "`" * 5_000,
    "*" * 5_001,
    "=cmd|' /C calc'!A0",
)

CASES = (
    Case("nothing there", nothing),
    Case("empty", b""),
    Case("a comment", b"# nothing\n"),
    Case("a byte order mark alone", b"\xef\xbb\xbf"),
    Case("a NUL", WHOLE.encode() + b"\0"),
    Case("UTF-16", WHOLE.encode("utf-16")),
    Case("UTF-32", WHOLE.encode("utf-32")),
    Case("Latin-1", WHOLE.replace("Shop", "Caf\xe9").encode("latin-1")),
    Case("random bytes", bytes(n * 7919 % 251 for n in range(10_000))),
    Case("carriage returns", WHOLE.replace("\n", "\r").encode()),
    Case("Windows line ends", WHOLE.replace("\n", "\r\n").encode()),
    Case("a tab", WHOLE.replace("  look", "\tlook").encode()),
    Case("two documents", f"{WHOLE}---\n{WHOLE}".encode()),
    Case("a list", b"- catalogue: 1\n"),
    Case("a number", b"1\n"),
    Case("null", b"null\n"),
    Case("a catalogue of another version", b"catalogue: 99\n"),
    Case("nested flow lists", (HEAD + "operations: " + "[" * 100_000).encode()),
    Case("nested flow maps", (HEAD + "operations: " + "{a: " * 60_000).encode()),
    Case("nested flow maps that end", (HEAD + "operations: " + "{a: " * 30_000 + "}" * 30_000).encode()),
    Case("nested block lists", (HEAD + "operations:\n  " + "- " * 50_000 + "x\n").encode()),
    Case("nested keys", (HEAD + "".join(f"{' ' * n}a:\n" for n in range(3_000))).encode()),
    Case("question marks", (HEAD + "? " * 50_000).encode()),
    Case("an alias bomb", bomb()),
    Case("a bomb of merges", merges()),
    Case("an alias of itself", f"{WHOLE}causes: {{x: &a [*a]}}\n".encode()),
    Case("an alias of nothing", f"{WHOLE}causes: {{x: *gone}}\n".encode()),
    Case("a tag that runs", f"{WHOLE}causes: {{x: !!python/object/apply:os.abort []}}\n".encode()),
    Case("a binary", f"{WHOLE}causes: {{x: !!binary AAAA}}\n".encode()),
    Case("a directive", f"%YAML 9.9\n%TAG ! tag:x,2000:\n---\n{WHOLE}".encode()),
    Case("the same key twice", f"{WHOLE}responses: {{}}\n".encode()),
    Case("a key that is a list", f"{WHOLE}? [a, b]\n: c\n".encode()),
    Case("a long scalar", (HEAD.replace("Shop", "x" * 5_000_000) + OPERATIONS + RESPONSES).encode()),
    Case("a long key", f"{WHOLE}{'x' * 100_000}: 1\n".encode()),
    Case("a long line of keys", f"{WHOLE}x: {{{', '.join(f'k{n}: 1' for n in range(100_000))}}}\n".encode()),
    Case("a file of 65 MiB", lambda folder: (folder / "api.yaml").write_bytes(b"#" * (65 << 20))),
    Case("a named pipe", fifo),
    Case("a device", device),
    Case("a link to itself", circle),
    Case("an empty folder", empty_folder),
    Case("a folder with a named pipe", folder_of_strange_files),
    *(Case(f"the id {name[:30]!a}", with_id(name)) for name in IDS),
    *(Case(f"the text {text[:30]!a}, {len(text)} long", said(text)) for text in TEXTS),
    *(
        Case(f"the status {status}", f"{HEAD}{OPERATIONS}responses: {{{status}: {{summary: Gone.}}}}\n".encode())
        for status in ("1e3", "0404", "-1", "99999", "4xx", "~", "true", "[404]", "4_04", "0x194", "404.0", "'404'")
    ),
    *(
        Case(f"the response {value}", f"{HEAD}{OPERATIONS}responses: {{404: {value}}}\n".encode())
        for value in ("~", "[]", "1", "text", "{for: ~}", "{for: {look: ~}}", "{for: {gone: {}}}", "{for: []}")
    ),
    *(
        Case(
            f"the endpoint {path[:30]!a}",
            f"{HEAD}operations: {{look: {{title: Look, endpoints: [{quoted(path)}]}}}}\n{RESPONSES}".encode(),
        )
        for path in (
            "GET /../../etc",
            "GET",
            "GET look",
            "get /look",
            "GET /{a}{b}{c}",
            "GET /{",
            "GET /}{",
            "GET /" + "{a}/" * 300,
            "GET /" + "{a}" * 300,
            "GET /" + "a" * 50_000,
            "GET /look\r\nX-Header: 1",
            "GET https://example.com/",
            "GET /(a+)+$",
            "GET /%2e%2e/%00",
            "GET /{a/b}",
            "GET /{+a}/{+b}/{+c}",
        )
    ),
    *(
        Case(f"the server {server}", WHOLE.replace("Shop}", f"Shop, servers: [{quoted(server)}]}}").encode())
        for server in (
            "file:///etc",
            "javascript:x",
            "http://[::1",
            "http://{a}{b}:{c}/{d}",
            "https://" + "a." * 5_000,
            "//x",
            "",
            "https://u:p@h/",
            "http://h:99999/",
        )
    ),
    Case("100 operations", many(100)),
    Case("a catalogue that is no catalogue", b"x: 1\n" * 10),
    Case("a text that is no YAML", b"%PDF-1.7 \x80\n"),
    Case("HTML", b"<!doctype html><html><body>404</body></html>\n"),
)
