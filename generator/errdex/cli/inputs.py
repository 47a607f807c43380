"""The catalogues and the configuration that a subcommand works on."""

from __future__ import annotations

from errdex.errors import CatalogueError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.known import Known
    from errdex.catalogue.model import Catalogue
    from errdex.config import Config
    from errdex.errors import Problem


def catalogue_paths(named: Sequence[str], config: Config) -> Sequence[str]:
    """Return the catalogues that are named on the command line, else those of the configuration."""
    if named or config.catalogues:
        return named or config.catalogues
    where = f"'catalogues' in {config.path}" if config.path else "'catalogues' under [tool.errdex] in pyproject.toml"
    raise UsageError(f"no catalogue is named: give its file, or set {where}")


def load_all(paths: Sequence[str], cache_dir: str = "") -> tuple[Catalogue, ...]:
    """Read the catalogues; CatalogueError with the problems of all of them, UsageError when two are of one API.

    With a `cache_dir`, those that have not changed since they were last read are taken from there.
    """
    return tuple(catalogue for catalogue, _ in load_known(paths, cache_dir))


def load_known(paths: Sequence[str], cache_dir: str = "") -> tuple[tuple[Catalogue, str], ...]:
    """Read the catalogues as `load_all` does; with each, what stands for its sources, empty if that is not known."""
    return tuple((known.read(), known.mark) for known in know_all(paths, cache_dir))


def know_all(paths: Sequence[str], cache_dir: str = "") -> tuple[Known, ...]:
    """Return what is known of the catalogues, each read only if it has to be; the errors are those of `load_all`."""
    from errdex.catalogue.known import know

    catalogues: dict[str, Known] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            known = know(path, cache_dir)
        except CatalogueError as error:
            problems += error.problems
            continue
        other = catalogues.setdefault(known.api, known)
        if other is not known:
            raise UsageError(f"{other.path} and {path} are both of the API {known.api!r}")
    if problems:
        raise CatalogueError(problems)
    return tuple(catalogues.values())


def load_one(path: str) -> Catalogue:
    """Read one catalogue; CatalogueError with all its problems."""
    return load_all([path])[0]
