"""The whole run: files to report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from errdex.catalogue.model import Catalogue
    from errdex.lint.report import Report


class Settings(NamedTuple):
    """What a run is asked to do."""

    paths: tuple[str, ...]
    """Files and folders, as the user named them."""
    catalogues: tuple[Catalogue, ...]
    select: frozenset[str] = frozenset()
    """Rules to run; empty for all."""
    ignore: frozenset[str] = frozenset()
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    """(glob, rules)."""
    servers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(API id, further base URLs or base paths under which clients reach it)."""
    ambient: frozenset[str] = frozenset()
    """Statuses that one central handler of the client takes care of."""
    wrappers: tuple[tuple[str, str], ...] = ()
    """(dotted name, what it is), for clients that no analysis can follow."""
    strict: bool = False
    stdin: tuple[str, str] | None = None
    """(file name, text) to check in place of what the file holds."""
    cache_dir: str | None = None
    jobs: int = 1
    trace: bool = False


def check(settings: Settings) -> Report:
    """Lint client code against catalogues."""
    raise NotImplementedError
