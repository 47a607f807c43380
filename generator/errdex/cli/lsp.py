"""`errdex lsp`: serve an editor over standard input and output, by the Language Server Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: what to do is for the editor to say."""
    parser.add_argument("--stdio", action="store_true", help="what it does anyway: some editors say it to every server")


def run(arguments: argparse.Namespace) -> int:
    """Serve until the editor says that it is done; UsageError when pygls is not installed."""
    del arguments
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        raise UsageError("the editor's server needs pygls: pip install 'errdex[lsp]'")
    from errdex.cli import CLEAN
    from errdex.cli.editor.server import make_server

    make_server().start_io()
    return CLEAN
