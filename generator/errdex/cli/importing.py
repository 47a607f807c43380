"""`errdex import`: make a catalogue of an OpenAPI or Swagger description, or of a Markdown table of statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="FILE", help="an OpenAPI or Swagger description, or a Markdown status table")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the catalogue; what people wrote there stays"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the catalogue and what was imported, say where both differ; return 1 when somebody has to decide."""
    from errdex.catalogue.importing import import_catalogue, imported_path
    from errdex.cli import CLEAN, FOUND, terminal
    from errdex.cli.outputs import print_place
    from errdex.cli.write import Staging

    path: str = arguments.output
    kept = imported_path(path)
    made = import_catalogue(arguments.source, path, _text(path), _text(kept))
    with Staging() as staging:
        changed = staging.file(path, made.text.encode())
        kept_changed = staging.file(kept, made.imported.encode())
        staging.commit()
    terminal.print_problems((*made.warnings, *made.conflicts))
    print_place("catalogue", path, changed=changed)
    print_place("imported", kept, changed=kept_changed)
    return FOUND if made.conflicts else CLEAN


def _text(path: str) -> str | None:
    """Return what the file holds, None when there is none."""
    from errdex.cli.write import read_old

    held = read_old(path)
    try:
        return None if held is None else held.decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8") from error
