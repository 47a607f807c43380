"""What a library does with a status, asked of the library and of the linter's model of it.

A fact is the body of a function, and what the function gives for each status that a server answers. `observed` runs
it against a real server; `modelled` walks the same text. `http://api.test` in it is the server: `URL` answers with
the status at hand, `http://api.test/status/N` with N, every other path with 200 and its own request line.
"""

from __future__ import annotations

import ast
import asyncio
import enum
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from errdex.lint.interpreter import Walk, explore
from errdex.lint.interpreter.machine import RaiseSignal
from errdex.lint.libraries import canonical
from errdex.lint.project import Project, SourceModule
from errdex.lint.roots import find_roots, run
from errdex.lint.values import Body, Class, Instance, Library, Response, StatusValue, Text, Unknown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import CodeType

HOST = "http://api.test"
_REDIRECTS = (301, 302, 303, 307, 308)


class Fact(NamedTuple):
    """What a library does, by status."""

    says: str
    """The fact in words: the test's name."""
    source: str
    """Where the library does it: file and function."""
    code: str
    """The body of `def answer()`; `async def` when it awaits."""
    answers: Mapping[int, object]
    """What it gives: a constant, `response`, `body`, or `raises CLASS`."""


class Route(NamedTuple):
    """What a library asks the server for."""

    source: str
    """Where the library does it: file and function."""
    code: str
    """The body of `def answer()`, which sends one request."""
    line: str
    """The request line that arrives: method, path and query."""


class StatusServer:
    """Answers with the status that the path names, and remembers the request lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self.origin = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        lines = self.lines

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                self.raw_requestline = self.rfile.readline(65537)
                self.close_connection = True
                if not self.raw_requestline or not self.parse_request():
                    return
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                lines.append(f"{self.command} {self.path}")
                self._answer()

            def _answer(self) -> None:
                pieces = self.path.split("/")
                status = int(pieces[2]) if self.path.startswith("/status/") else 200
                self.send_response_only(status, None if status in self.responses else "Unassigned")
                if status in _REDIRECTS:
                    self.send_header("Location", "/landing")
                if status != 304:
                    self.send_header("Content-Length", "0")
                self.send_header("Connection", "close")
                self.end_headers()

        return Handler


def observed(fact: Fact, server: StatusServer) -> dict[int, object]:
    """Return what the library gives for each status of the fact."""
    code = compile(_source(fact.code).replace(HOST, server.origin), fact.says, "exec")
    return {status: _run(code, f"{server.origin}/status/{status}") for status in fact.answers}


def requested(route: Route, server: StatusServer) -> str:
    """Return the request line that the server gets."""
    del server.lines[:]
    _run(compile(_source(route.code).replace(HOST, server.origin), route.line, "exec"), f"{server.origin}/here")
    (line,) = server.lines
    return line


def _run(code: CodeType, url: str) -> object:
    namespace: dict[str, object] = {}
    exec(code, namespace)
    namespace["URL"] = url
    answer = cast("Callable[[], object]", namespace["answer"])
    try:
        value = answer()
        return _shown(asyncio.run(value) if asyncio.iscoroutine(value) else value)
    except Exception as error:  # noqa: BLE001 - whatever a library raises is what is asked for
        return f"raises {class_name(type(error))}"


def _shown(value: object) -> object:
    if isinstance(value, enum.IntEnum):
        return int(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    return "response" if hasattr(value, "status_code") or hasattr(value, "status") else "body"


def class_name(cls: type) -> str:
    """Return the name by which the model knows a class: the one that its library offers it under."""
    top = sys.modules[cls.__module__.partition(".")[0]]
    module = top.__name__ if vars(top).get(cls.__name__) is cls else cls.__module__
    return canonical(f"{module}.{cls.__qualname__}")


def modelled(fact: Fact, folder: Path) -> dict[int, object]:
    """Return what the linter takes the library to give for each status of the fact."""
    project, module = _parsed(fact.code, folder)
    return {status: _one({_walked(walk) for walk in _walks(project, module, status)}) for status in fact.answers}


def routed(route: Route, folder: Path) -> str:
    """Return the request line that the linter takes the library to send."""
    project, module = _parsed(route.code, folder)
    return str(_one({_line(walk) for walk in _walks(project, module, 200)}))


def _line(walk: Walk) -> object:
    (sent,) = walk.sent
    url = sent.request.url if isinstance(sent.request.url, str | Text) else "unknown"
    address = str(url)
    path = urlsplit(address)._replace(scheme="", netloc="").geturl() if "://" in address else f"no host: {address}"
    return f"{sent.request.method} {path}"


def _walks(project: Project, module: SourceModule, status: int) -> list[Walk]:
    roots = [root for root in find_roots(Walk(project), module) if root.name == "answer"]

    def walk(plan: tuple[int, ...]) -> Walk:
        current = Walk(project, plan)
        current.answer = lambda _: (status, True)
        current.successes = frozenset({200})
        current.empty = frozenset({status})
        try:
            current.end = run(current, roots[0])
        except RaiseSignal as signal:
            current.end = signal
        return current

    return list(explore(8, walk))


def _walked(walk: Walk) -> object:
    end = walk.end
    if isinstance(end, RaiseSignal):
        cls = end.exception.cls if isinstance(end.exception, Instance) else None
        return f"raises {cls.name}" if isinstance(cls, Library | Class) else "raises something"
    match end:
        case StatusValue():
            return end.value
        case Response():
            return "response"
        case Instance() if isinstance(end.attributes.get("__response__"), Response):
            return "response"
        case Body():
            return "body"
        case Unknown():
            return "unknown"
        case _:
            return end if end is None or isinstance(end, bool | int | str) else repr(end)


def _one(found: set[object]) -> object:
    return found.pop() if len(found) == 1 else " or ".join(sorted(map(str, found)))


def _parsed(code: str, folder: Path) -> tuple[Project, SourceModule]:
    path = folder / "client.py"
    # Any status may come: also the one that only conditional requests are answered with.
    path.write_text(f"{_source(code)}\n# If-None-Match\n")
    project = Project((str(path),))
    module = project.load(str(path))
    assert isinstance(module, SourceModule)
    return project, module


def _source(code: str) -> str:
    """Return a module that imports what the code names, and has it as a function."""
    body = dedent(code).strip("\n")
    tree = ast.parse(f"async def answer():\n{indent(body, '    ')}")
    awaits = any(isinstance(node, ast.Await | ast.AsyncWith | ast.AsyncFor) for node in _own(tree.body[0]))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imports = "\n".join(line for name, line in _IMPORTS.items() if name in names)
    head = f'{imports}\n\nURL = "{HOST}/status/200"\n\n\n'
    return f"{head}{'async ' if awaits else ''}def answer():\n{indent(body, '    ')}\n"


def _own(function: ast.AST) -> list[ast.AST]:
    """Return the nodes of a function without those of functions in it."""
    found: list[ast.AST] = []
    pending = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))
    return found


#: By the name that a fact's code uses.
_IMPORTS = {
    "HTTPAdapter": "from requests.adapters import HTTPAdapter",
    "HTTPError": "from urllib.error import HTTPError",
    "HTTPStatus": "from http import HTTPStatus",
    "Retry": "from urllib3.util.retry import Retry",
    "aiohttp": "import aiohttp",
    "backoff": "import backoff",
    "fetch_url": "from ansible.module_utils.urls import fetch_url",
    "http": "import http.client",
    "httpx": "import httpx",
    "httpx2": "import httpx2",
    "json": "import json",
    "niquests": "import niquests",
    "re": "import re",
    "requests": "import requests",
    "stamina": "import stamina",
    "tenacity": "import tenacity",
    "urllib": "import urllib.error\nimport urllib.parse\nimport urllib.request",
    "urllib3": "import urllib3",
    "yarl": "import yarl",
}
