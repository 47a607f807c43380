"""`errdex mock`: serve a catalogue's documented answers until it is stopped."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse
    import ssl
    from collections.abc import Iterator

    from errdex.faults.server import FaultServer

PORT = 4010


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("catalogue", metavar="CATALOGUE", help="the catalogue to serve")
    add("--host", default="127.0.0.1", metavar="HOST", help="the address to serve at; 127.0.0.1 unless given")
    add("--port", type=int, default=PORT, metavar="N", help=f"the port; {PORT} unless given, 0 for any that is free")
    add(
        "--answer",
        action="append",
        default=[],
        metavar="OPERATION=ANSWERS",
        help="what an operation answers, such as write-records='503; delay=1, 503, 200'; may be given several times",
    )
    add("--tls-cert", default="", metavar="FILE", help="serve HTTPS with this certificate chain (PEM)")
    add("--tls-key", default="", metavar="FILE", help="the certificate's private key, when that is another file")


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    from errdex.cli import CLEAN, signals, terminal
    from errdex.cli.inputs import load_one

    serve = server_type("mock")
    catalogue = load_one(arguments.catalogue)
    signals.raise_on_terminate()
    # Being stopped is how a server ends.
    with (
        suppress(KeyboardInterrupt, signals.Terminated),
        serve(catalogue, host=arguments.host, port=arguments.port, tls=_tls(arguments)) as server,
    ):
        for operation, answers in map(_scripted, arguments.answer):
            server.answer(operation, answers)
        terminal.say(*lines(server))
        threading.Event().wait()
    return CLEAN


def server_type(command: str) -> type[FaultServer]:
    """Return the server; UsageError when its library is not installed."""
    try:
        from errdex.faults.server import FaultServer
    except ModuleNotFoundError as error:
        if error.name != "aiohttp":
            raise
        raise UsageError(f"errdex {command} needs aiohttp, which `pip install 'errdex[mock]'` brings") from error
    return FaultServer


def _scripted(text: str) -> tuple[str, str]:
    operation, equals, answers = text.partition("=")
    if not equals:
        raise UsageError(f"--answer {text!r} is not OPERATION=ANSWERS")
    return operation.strip(), answers


def _tls(arguments: argparse.Namespace) -> ssl.SSLContext | None:
    if not arguments.tls_cert:
        if arguments.tls_key:
            raise UsageError("--tls-key needs --tls-cert")
        return None
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(arguments.tls_cert, arguments.tls_key or None)
    except ssl.SSLError as error:
        raise UsageError(f"{arguments.tls_cert} is no certificate with its key: {error.reason}") from error
    return context


def lines(server: FaultServer) -> Iterator[str]:
    """Yield where it is and what it answers."""
    catalogue = server.plan.catalogue
    yield f"{catalogue.api.title} at {server.url}"
    width = max((len(operation.id) for operation in catalogue.operations), default=0)
    for operation in catalogue.operations:
        yield f"  {operation.id:<{width}}  {' '.join(server.plan.responses[operation.id])}"
    yield "The header Errdex-Answer asks for an answer, such as 'Errdex-Answer: 503; delay=1'. Ctrl-C stops it."
