"""Pages that were rendered before, kept so that a build renders nothing again that has not changed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from errdex.kept import digest, read_kept, write_kept
from errdex.pages.pieces import Piece
from errdex.pages.render import Rendered, render_site
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.pages.site import Site


def rendered(site: Site, sources: str, kept: str) -> Rendered:
    """Return the files of a site, from the file `kept` when its sources, its options and errdex are the same.

    When only the sources have changed, the pages that tell what has changed are rendered, and those of the whole.
    `sources` stands for the content of the catalogue's files; nothing is kept when it is empty.
    Raises ValueError when the options carry a coverage report that is none.
    """
    if not sources or not kept:
        return render_site(site)
    kind = f"pages {digest(repr((site.options, *_program())).encode('utf-8', 'backslashreplace'))}"
    known = _read(kept, kind)
    if known and known.sources == sources:
        return known.rendered
    made = render_site(site, known.rendered.pieces if known else {})
    write_kept(kept, kind, _encoded(sources, made))
    return made


class _Known(NamedTuple):
    """What was kept."""

    sources: str
    rendered: Rendered


def _read(kept: str, kind: str) -> _Known | None:
    payload = read_kept(kept, kind)
    if payload is None:
        return None
    try:
        return _decoded(payload)
    except (ValueError, TypeError, AttributeError, KeyError):
        return None  # whole and yet no pages: written by somebody else


def _encoded(sources: str, made: Rendered) -> bytes:
    """Return a line of JSON that tells how long each text is, and the texts: most of them are JSON themselves."""
    plain = {path: piece.plain for path, piece in made.pieces.items()}
    lengths: list[dict[str, int]] = []
    texts: list[bytes] = []
    for some in (made.files, made.twins, plain):
        data = [text.encode("utf-8", "surrogatepass") for text in some.values()]
        lengths.append(dict(zip(some, map(len, data), strict=True)))
        texts += data
    head = json.dumps([sources, lengths, [piece.facts for piece in made.pieces.values()]])
    return b"".join([head.encode(), b"\n", *texts])


def _decoded(payload: bytes) -> _Known:
    start = payload.index(b"\n") + 1
    sources, lengths, facts = json.loads(payload[:start])
    texts: list[dict[str, str]] = []
    for some in lengths:
        texts.append({})
        for path, length in some.items():
            texts[-1][path] = payload[start : start + length].decode("utf-8", "surrogatepass")
            start += length
    if start != len(payload):
        raise ValueError(start)
    files, twins, plain = texts
    pieces = {path: Piece(of, files[path], plain[path]) for path, of in zip(plain, facts, strict=True)}
    return _Known(sources, Rendered(files, twins, pieces, ()))


def _program() -> Iterator[tuple[str, int, int]]:
    """Yield the state of each file that decides what pages look like: whoever edits a template wants to see it."""
    here = os.path.dirname(__file__)
    for package in (here, os.path.join(os.path.dirname(here), "catalogue")):
        for folder, folders, names in os.walk(package):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            for name in sorted(names):
                status = os.stat(os.path.join(folder, name))
                yield name, status.st_mtime_ns, status.st_size
