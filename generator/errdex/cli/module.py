"""`errdex module`: write the exception module of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("catalogue", metavar="CATALOGUE", help="the catalogue whose errors clients are to catch")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the module; a folder for a package")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the module is not up to date")


def run(arguments: argparse.Namespace) -> int:
    """Write the module, or say that it is stale."""
    from errdex.cli.inputs import load_one
    from errdex.cli.outputs import deliver, module_output

    return deliver(module_output(load_one(arguments.catalogue), arguments.output), check=arguments.check)
