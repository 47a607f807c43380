"""`errdex diff`: tell what changed for clients between two catalogues, and where it touches a client."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from errdex.catalogue.changes import Change, Sites
    from errdex.catalogue.model import Catalogue
    from errdex.errors import Location


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "old", metavar="OLD", help="the catalogue that clients were written against: a file, or a git revision"
    )
    parser.add_argument(
        "new", metavar="NEW", nargs="?", default="", help="the catalogue as it is now; the configured one unless given"
    )
    parser.add_argument(
        "--client", action="append", default=[], metavar="PATH", help="tell which call sites of that code are affected"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown", "github"), default="text", help="for whom; text unless given"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the changes, and return 1 when one of them breaks clients; with --client, when one breaks that client."""
    from errdex.catalogue import diff_report
    from errdex.catalogue.diff import diff
    from errdex.cli import CLEAN, FOUND, terminal

    old, new, moved = _catalogues(arguments.old, arguments.new)
    changes = tuple(_named(change, moved) for change in diff(old, new))
    sites = _sites(changes, old, new, arguments.client) if arguments.client else None
    match arguments.format:
        case "json":
            terminal.write_text(diff_report.render_json(changes, sites))
        case "markdown":
            terminal.write_text(diff_report.render_markdown(changes, old, new, sites))
        case "github":
            terminal.write_commands(diff_report.render_github(changes, sites))
        case _:
            lines = diff_report.render_text(changes, sites).splitlines()
            terminal.write_text("\n".join(map(terminal.visible, lines)) + "\n")
    breaking = [number for number, change in enumerate(changes) if change.grade == "breaking"]
    return FOUND if any(sites is None or number in sites for number in breaking) else CLEAN


def _catalogues(old: str, new: str) -> tuple[Catalogue, Catalogue, dict[str, str]]:
    """Return both catalogues, and what stands in their places in the name of what was read of a revision."""
    from errdex.catalogue.revisions import is_revision, load_revision
    from errdex.cli.inputs import load_one

    moved: dict[str, str] = {}

    def path() -> str:
        plain = next((word for word in (new, old) if os.path.exists(word)), "")
        return plain or _configured()

    def loaded(word: str) -> Catalogue:
        if os.path.exists(word):
            return load_one(word)
        revision, _, within = word.partition(":")
        if not is_revision(revision):
            return load_one(word)  # which says that there is no such file
        catalogue, scratch = load_revision(revision, within or path())
        moved[scratch] = f"{revision}:"
        return catalogue

    return loaded(old), loaded(new) if new else load_one(path()), moved


def _configured() -> str:
    """Return the one catalogue of the configuration."""
    from errdex.cli.inputs import catalogue_paths
    from errdex.config import load_config

    paths = catalogue_paths((), load_config())
    if len(paths) > 1:
        raise UsageError(f"{len(paths)} catalogues are configured: name one, as in 'errdex diff HEAD~1 {paths[0]}'")
    return paths[0]


def _named(change: Change, moved: dict[str, str]) -> Change:
    def place(location: Location | None) -> Location | None:
        for scratch, name in moved.items():
            if location is not None and location.path.startswith(scratch):
                return location._replace(path=name + location.path.removeprefix(scratch).replace(os.sep, "/"))
        return location

    return change._replace(old=place(change.old), new=place(change.new))


def _sites(changes: Sequence[Change], old: Catalogue, new: Catalogue, paths: Sequence[str]) -> Sites:
    """Look at client code with both catalogues, and return where the changes touch it."""
    from errdex.catalogue.diff import same_operations
    from errdex.cli.check import settings_of
    from errdex.config import load_config
    from errdex.lint.affected import Checked, affected
    from errdex.lint.run import check

    config = load_config()
    before, after = (check(settings_of(config, [(one, "")], paths)) for one in (old, new))
    return affected(changes, Checked(before, after, tuple(same_operations(old, new))))
