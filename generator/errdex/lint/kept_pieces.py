"""What stands in the URLs of operations, kept so that a run in which nothing reaches one reads no catalogue."""

from __future__ import annotations

import json
import os

from errdex.kept import digest, recall, write_kept
from errdex.lint.memory import code, prune
from errdex.lint.prefilter import Pieces, pieces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from errdex.catalogue.routes import Routes
    from errdex.lint.run import Settings

_KIND = "lint pieces"


def kept_pieces(settings: Settings, routes: Callable[[], Iterable[Routes]]) -> Pieces:
    """Return the pieces of the run's catalogues; `routes` is asked when no earlier run has kept them."""
    if not (settings.cache_dir and settings.known):
        return pieces(routes())
    said = repr((settings.known, settings.servers, code()))
    path = os.path.join(settings.cache_dir, f"lint-{digest(said.encode('utf-8', 'surrogatepass'))}-pieces.json")
    known = _recalled(path)
    if known is None:
        known = pieces(routes())
        words = sorted(word.decode("latin-1") for word in known.words)
        write_kept(path, _KIND, json.dumps([words, known.anything]).encode())
        prune(settings.cache_dir)
    return known


def _recalled(path: str) -> Pieces | None:
    try:
        words, anything = recall(path, _KIND)
        return Pieces(frozenset(word.encode("latin-1") for word in words), anything is True)
    except (ValueError, TypeError, AttributeError):
        return None
