"""Every snippet of every status page runs, and does what it says, with the library it is for."""

from __future__ import annotations

import contextlib
import http.server
import io
import re
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from errdex.catalogue.load import load_catalogue
from errdex.catalogue.prose import plain
from errdex.pages import render_pages
from errdex.pymodule.render import render_module
from tests.pages.building import NETWRIX

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE = load_catalogue(str(NETWRIX))
PAGES = render_pages(CATALOGUE)
CATALOGUE_RESPONSES = {response.status: response for response in reversed(CATALOGUE.responses())}
"""Of each status, the response of the first operation: the one that the snippets are about."""
BODIES = {
    status: dict(response.body.example).get("application/json", "") if response.body else ""
    for status, response in CATALOGUE_RESPONSES.items()
}


def snippets() -> Iterator[tuple[str, str, str]]:
    """Yield (status, tab, code) of all status pages."""
    for status in CATALOGUE.statuses:
        page = PAGES[f"codes/{status.code}.md"]
        for tab, code in re.findall(r'^=== "([^"]+)"\n\n    ```python\n(.*?)^    ```$', page, re.MULTILINE | re.DOTALL):
            yield status.code, tab, textwrap.dedent(code)


SNIPPETS = tuple(snippets())
NAMES = [f"{code} {tab}" for code, tab, _ in SNIPPETS]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An API that answers `/404` with the documented 404."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            code = self.path.strip("/")
            body = BODIES[code].encode()
            self.send_response(int(code))
            if body:
                self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 - what the library calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", autouse=True)
def generated_module() -> Iterator[None]:
    """The generated module under the name that the snippets import; afterwards that is what it was before."""
    (source,) = render_module(CATALOGUE).values()
    module = ModuleType("netwrix_auditor_errors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, module.__name__, "exec"), module.__dict__)
        yield


def printed(code: str, url: str) -> list[str]:
    """Run a snippet and return the lines that it prints."""
    out = io.StringIO()
    # In a thread: the browser of other tests keeps an event loop running in this one.
    with contextlib.redirect_stdout(out), ThreadPoolExecutor(1) as thread:
        thread.submit(exec, compile(code, "snippet", "exec"), {"url": url, "__name__": "snippet"}).result()
    return out.getvalue().splitlines()


def test_every_status_shows_every_library() -> None:
    tabs = {code: [tab for status, tab, _ in SNIPPETS if status == code] for code, _, _ in SNIPPETS}
    errors = ["Generated module", "requests", "httpx", "aiohttp"]
    assert tabs == {s.code: errors if s.code >= "400" else errors[1:] for s in CATALOGUE.statuses}


@pytest.mark.parametrize(("code", "tab", "snippet"), SNIPPETS, ids=NAMES)
def test_a_snippet_handles_its_status(server: str, code: str, tab: str, snippet: str) -> None:
    first, *rest = printed(snippet, f"{server}/{code}")
    assert first.startswith(f"{code}: ")
    if tab == "Generated module":
        causes = CATALOGUE_RESPONSES[code].causes
        assert rest == [" ".join(map(plain, (cause.says, *(r.says for r in cause.remedies)))) for cause in causes]
    else:
        assert rest == (["InputError"] if "ErrorList" in BODIES[code] else [])


@pytest.mark.parametrize(("code", "snippet"), [(code, snippet) for code, _, snippet in SNIPPETS], ids=NAMES)
def test_a_snippet_lets_no_other_error_pass(server: str, code: str, snippet: str) -> None:
    other = "404" if code != "404" else "401"
    with pytest.raises(Exception, match=rf"\b{other}\b"):
        printed(snippet, f"{server}/{other}")
