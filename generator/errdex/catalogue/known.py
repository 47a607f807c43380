"""Catalogues that need not be read: what stands for their sources is known, and they are read when they are asked for.

Most runs of the linter look at files that reach no operation. They have to know which catalogue they speak of, not what
it says. Whether its sources are what they were is told by what the system says of them, as long as that was written
down long enough after they were last changed; else they are read.
"""

from __future__ import annotations

import json
import os
import time
from functools import cache, partial

from errdex.errors import UsageError
from errdex.kept import SETTLED, digest, mark_of, recall, roots, sign_of, write_kept
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from errdex.catalogue.model import Catalogue
    from errdex.kept import Sign

_KIND = "catalogue sources"


class Known(NamedTuple):
    """A catalogue that may not have been read yet."""

    path: str
    """The file or folder, as the user named it."""
    api: str
    """The API's id."""
    mark: str
    """What stands for its sources; empty when that cannot be known."""
    read: Callable[[], Catalogue]
    """Returns it; CatalogueError when it has to be read from its sources and they are broken."""


class Catalogues:
    """Catalogues in their order, each read when it is come to."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = tuple(known)

    def __iter__(self) -> Iterator[Catalogue]:
        return (known.read() for known in self._known)


class _Sources(NamedTuple):
    """The files that a catalogue was read from."""

    api: str
    digests: Mapping[str, str]
    signs: Mapping[str, Sign]


def know(path: str, cache_dir: str) -> Known:
    """Return what is known of the catalogue of a file or folder; it is read when nothing is.

    Raises CatalogueError as `load_catalogue` does.
    """
    began = time.time_ns()
    kept = os.path.join(cache_dir, f"sources-{digest(os.fsencode(path))}.json")
    sources = _recalled(kept, path) if cache_dir else None
    if sources is not None:
        read = cache(partial(_read, path, cache_dir, sources))
        return Known(path, sources.api, mark_of(sources.digests), read)
    from errdex.catalogue import compiled

    loaded = compiled.load(path, cache_dir)
    mark = mark_of(loaded.digests)
    if mark:
        signs = {file: sign for file in loaded.digests if (sign := sign_of(file))}
        # What was changed last before all of this began is what was read.
        if len(signs) == len(loaded.digests) and all(max(sign[:2]) < began - SETTLED for sign in signs.values()):
            document = {"api": loaded.catalogue.api.id, "digests": loaded.digests, "signs": signs}
            write_kept(kept, _KIND, json.dumps(document).encode())
    return Known(path, loaded.catalogue.api.id, mark, lambda: loaded.catalogue)


def _recalled(kept: str, path: str) -> _Sources | None:
    """Return what was kept of the sources when they are what they were."""
    document = recall(kept, _KIND)
    try:
        api, digests = document["api"], document["digests"]
        signs: dict[str, Sign] = {file: tuple(sign) for file, sign in document["signs"].items()}
        texts = (api, *digests, *digests.values())
    except (KeyError, TypeError, AttributeError):
        return None
    first = [*roots(path)]
    if [*digests][: len(first)] != first or [*signs] != [*digests] or not all(isinstance(text, str) for text in texts):
        return None
    return _Sources(api, digests, signs) if all(sign_of(file) == sign for file, sign in signs.items()) else None


def _read(path: str, cache_dir: str, sources: _Sources) -> Catalogue:
    """Read the catalogue of sources that were found to be what they were."""
    from errdex.catalogue import compiled

    catalogue = compiled.recall(path, cache_dir, sources.digests)
    if catalogue is None:
        loaded = compiled.load(path, cache_dir)
        if loaded.digests != sources.digests:
            raise UsageError(f"{path} was changed while it was used: run again")
        catalogue = loaded.catalogue
    return catalogue
