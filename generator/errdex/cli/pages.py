"""`errdex pages`: write the reference pages of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("catalogue", metavar="CATALOGUE", help="the catalogue to show")
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="the folder that the pages go to")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is not up to date")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages, or say which are stale."""
    from errdex.cli.inputs import load_one
    from errdex.cli.outputs import deliver, pages_output

    return deliver(pages_output(load_one(arguments.catalogue), arguments.output), check=arguments.check)
