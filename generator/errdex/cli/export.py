"""`errdex export`: turn a catalogue into JSON, OpenAPI or a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("catalogue", metavar="CATALOGUE", help="the catalogue to turn")
    parser.add_argument("--to", required=True, choices=("json", "openapi", "markdown"), help="what to turn it into")
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="where to; `-` for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the catalogue in the other form."""
    from errdex.catalogue import export
    from errdex.cli import CLEAN
    from errdex.cli.inputs import load_one

    catalogue = load_one(arguments.catalogue)
    match arguments.to:
        case "json":
            text = export.export_json(catalogue)
        case "markdown":
            text = export.export_markdown(catalogue)
        case _:
            from errdex.catalogue.openapi_export import export_openapi

            text = export_openapi(catalogue)
    deliver(text, arguments.output)
    return CLEAN


def deliver(text: str, output: str) -> None:
    """Write the text to standard output for `-`, else to the file, whole or not at all."""
    if output == "-":
        from errdex.cli import terminal

        terminal.write_text(text)
        return
    from errdex.cli.write import Staging

    with Staging() as staging:
        staging.file(output, text.encode("utf-8", "backslashreplace"))
        staging.commit()
