"""A real HTTP server for every operation of a catalogue, in a thread of its own.

aiohttp does HTTP; this module turns an `Answer` into bytes, lies and cut connections included, and offers the
control endpoints under `/_errdex/`.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from aiohttp import web

from errdex.errors import ErrdexError, UsageError
from errdex.faults.answers import REDIRECTED
from errdex.faults.plan import ASK, Exchange, Plan, from_mapping, parse_all

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from errdex.catalogue.model import Catalogue
    from errdex.faults.answers import Answer
    from errdex.faults.plan import Asked

#: Where tests tell the server what to answer and ask it what it saw.
CONTROL = "/_errdex/"

#: Bound at import: code that runs clients with a quick `asyncio.sleep` must not shorten the server's delays.
_sleep = asyncio.sleep


class FaultServer:
    """Serve a catalogue's documented answers on loopback, from `__enter__` to `__exit__`.

    ErrdexError when the port cannot be had.
    """

    def __init__(
        self, catalogue: Catalogue, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        self.plan = Plan(catalogue)
        self.host = host
        self.port = port
        self._tls = tls
        self._thread = threading.Thread(target=self._run, name="errdex fault server", daemon=True)
        self._ready = threading.Event()
        self._end: Callable[[], object] = lambda: None
        self._failure: OSError | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port: `http://127.0.0.1:43211`."""
        return f"{'https' if self._tls else 'http'}://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The API's base URL on this server: the origin and the base path of the catalogue's first server."""
        return self.origin + self.plan.base_path

    @property
    def requests(self) -> tuple[Exchange, ...]:
        """The requests so far, oldest first."""
        return self.plan.seen

    def answer(self, operation: str, *answers: Answer | Asked | str | int) -> None:
        """Answer the operation's next requests with these, in order; the last one repeats.

        A status is answered as documented; text may say more, as in `503; delay=0.5; cut=body`.
        UsageError when the catalogue has no such operation or an answer cannot be read.
        """
        script: list[Answer | Asked] = []
        for answer in answers:
            script += parse_all(str(answer)) if isinstance(answer, (str, int)) else [answer]
        self.plan.script(operation, script)

    def reset(self) -> None:
        """Forget scripts and requests."""
        self.plan.reset()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            self._thread.join()
            reason = os.strerror(self._failure.errno or 0).lower()
            raise ErrdexError(f"port {self.port} of {self.host} cannot be served: {reason}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        self._end = lambda: loop.call_soon_threadsafe(stop.set)
        app = web.Application(client_max_size=1 << 30)
        app.on_response_prepare.append(_only_documented_headers)
        app.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self.host, self.port, ssl_context=self._tls)
            await site.start()
            self.port = runner.addresses[0][1]
            self._ready.set()
            await stop.wait()
        except OSError as error:
            self._failure = error
        finally:
            await runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        path = request.path
        if path.startswith(CONTROL) and not path.startswith(REDIRECTED):
            return self._control(request, body)
        query = tuple(parse_qsl(request.query_string, keep_blank_values=True))
        match = self.plan.match(request.method, path)
        wanted = _wanted_media_types(request, query)
        try:
            if path.startswith(REDIRECTED):
                answer = self.plan.after_redirect(path.removeprefix(REDIRECTED), wanted)
            elif match.operation is None:
                answer = self.plan.refusal(path, match, wanted)
            else:
                answer = self.plan.answer(match.operation, _asked(request, dict(query)), wanted)
        except UsageError as error:
            # No API documents it, so that no client takes it for an answer of the API.
            return web.Response(status=421, reason="Not An Answer", text=f"errdex: {error}\n")
        headers = tuple((name, value) for name, value in request.headers.items())
        seen = 0 if answer.cut == "before" else answer.status
        self.plan.note(Exchange(request.method, path, query, headers, body, match.operation, seen, answer.body))
        return await _send(request, answer)

    def _control(self, request: web.Request, body: bytes) -> web.Response:
        actions: dict[tuple[str, str], Callable[[bytes], object]] = {
            ("GET", "operations"): lambda _: [operation.id for operation in self.plan.catalogue.operations],
            ("GET", "requests"): lambda _: [_json(exchange) for exchange in self.plan.seen],
            ("PUT", "answers"): self._script,
            ("DELETE", "answers"): lambda _: self.plan.reset(),
        }
        action = actions.get((request.method, request.path.removeprefix(CONTROL)))
        if action is None:
            known = ", ".join(f"{method} {CONTROL}{name}" for method, name in actions)
            return web.json_response({"error": f"no such control endpoint; there are {known}"}, status=404)
        try:
            return web.json_response(action(body))
        except UsageError as error:
            return web.json_response({"error": str(error)}, status=400)

    def _script(self, body: bytes) -> None:
        """Read `{"operation": "id", "answers": [503, "503; delay=1", {"status": 200}]}`."""
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            raise UsageError("the body is not JSON") from None
        if not isinstance(asked, dict) or not isinstance(asked.get("answers"), list):
            raise UsageError("the body is not an object with an operation and a list of answers")
        script: list[Answer | Asked] = []
        for one in asked["answers"]:
            script += [from_mapping(one)] if isinstance(one, dict) else parse_all(str(one))
        self.plan.script(str(asked.get("operation")), script)


async def _send(request: web.Request, answer: Answer) -> web.StreamResponse:
    if answer.delay:
        await _sleep(answer.delay)
    if answer.cut == "before":
        _abort(request)
        return web.Response()
    if answer.cut is None:
        return web.Response(
            status=answer.status, reason=answer.reason or None, headers=list(answer.headers), body=answer.body
        )
    response = web.StreamResponse(status=answer.status, reason=answer.reason or None, headers=list(answer.headers))
    # At least one byte is missing: a client sees a body that ends too early.
    response.content_length = max(len(answer.body), 1)
    await response.prepare(request)
    if answer.cut == "body" and answer.body:
        await response.write(answer.body[: len(answer.body) // 2])
    _abort(request)
    return response


def _abort(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()


async def _only_documented_headers(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001
    """Take back what aiohttp adds on its own: an empty body has no type, and the server is not the API's."""
    response.headers["Server"] = "errdex"
    if response.content_length == 0 and response.headers.get("Content-Type") == "application/octet-stream":
        del response.headers["Content-Type"]


def _asked(request: web.Request, query: dict[str, str]) -> str | None:
    """Return what the request asks for itself: our header, our query parameter, or `Prefer: code=503`."""
    own = request.headers.get(ASK) or query.get(ASK.lower())
    if own is not None:
        return own
    name, _, code = request.headers.get("Prefer", "").partition("=")
    return code.strip() if name.strip() == "code" else None


def _wanted_media_types(request: web.Request, query: tuple[tuple[str, str], ...]) -> list[str]:
    """Return what the client prefers: a `format` of the query, then Accept, then the type of its own body."""
    accepted = [part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")]
    sent = request.headers.get("Content-Type", "").partition(";")[0].strip()
    return [*(value for name, value in query if name == "format"), *accepted, sent]


def _json(exchange: Exchange) -> dict[str, object]:
    texts = {"body": exchange.body.decode(errors="replace"), "sent": exchange.sent.decode(errors="replace")}
    return exchange._asdict() | texts
