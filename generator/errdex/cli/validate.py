"""`errdex validate`: say everything that is wrong with catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.errors import CatalogueError

if TYPE_CHECKING:
    import argparse

    from errdex.catalogue.model import Catalogue
    from errdex.errors import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="catalogues; none: those of the configuration")
    parser.add_argument("--strict", action="store_true", help="report responses of which the catalogue says nothing")


def run(arguments: argparse.Namespace) -> int:
    """Read each catalogue and say what it holds; CatalogueError with the problems of all of them."""
    from errdex.catalogue.load import load_catalogue
    from errdex.cli import CLEAN, FOUND, terminal
    from errdex.cli.inputs import catalogue_paths
    from errdex.config import Config, load_config

    config = Config() if arguments.files else load_config()
    problems: list[Problem] = []
    unsaid: list[Problem] = []
    for path in dict.fromkeys(catalogue_paths(arguments.files, config)):
        try:
            catalogue = load_catalogue(path)
        except CatalogueError as error:
            problems += error.problems
            continue
        terminal.say(f"{path}: {contents(catalogue)}")
        if arguments.strict:
            from errdex.catalogue.strict import validate_strict

            unsaid += validate_strict(catalogue)
    terminal.print_problems(unsaid)
    if problems:
        raise CatalogueError(problems)
    return FOUND if unsaid else CLEAN


def contents(catalogue: Catalogue) -> str:
    """Return in one line what the catalogue holds."""
    cells = (cell for status in catalogue.statuses for cell in status.cells)
    documented = sum(len(cell.operations) for cell in cells if cell.response.state == "documented")
    counts = [
        (len(catalogue.operations), "operation", "operations"),
        (len(catalogue.statuses), "status", "statuses"),
        (documented, "documented response", "documented responses"),
    ]
    return f"{catalogue.api.title}: " + ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts)
