"""`errdex diff`: tell what changed for clients between two catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", metavar="OLD", help="the catalogue that clients were written against")
    parser.add_argument("new", metavar="NEW", help="the catalogue as it is now")
    parser.add_argument(
        "--format", choices=("text", "json", "markdown", "github"), default="text", help="for whom; text unless given"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the changes, and return 1 when one of them breaks clients."""
    from errdex.catalogue import diff_report
    from errdex.catalogue.diff import diff
    from errdex.cli import CLEAN, FOUND, terminal
    from errdex.cli.inputs import load_one

    old, new = load_one(arguments.old), load_one(arguments.new)
    changes = tuple(diff(old, new))
    match arguments.format:
        case "json":
            text = diff_report.render_json(changes)
        case "markdown":
            text = diff_report.render_markdown(changes, old, new)
        case "github":
            text = diff_report.render_github(changes)
        case _:
            lines = diff_report.render_text(changes).splitlines()
            text = terminal.inert("\n".join(map(terminal.visible, lines)) + "\n")
    terminal.write_text(text)
    return FOUND if any(change.grade == "breaking" for change in changes) else CLEAN
