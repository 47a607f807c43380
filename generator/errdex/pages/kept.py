"""Pages that were rendered before, kept so that a build renders nothing again that has not changed."""

from __future__ import annotations

import gc
import json
import os
from typing import TYPE_CHECKING

from errdex.catalogue.kept import digest, read_kept, write_kept
from errdex.pages.render import Rendered, render_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.pages.site import Site


def rendered(site: Site, sources: str, kept: str) -> Rendered:
    """Return the files of a site, from the file `kept` when its sources, its options and errdex are the same.

    `sources` stands for the content of the catalogue's files; nothing is kept when it is empty.
    Raises ValueError when the options carry a coverage report that is none.
    """
    if not sources or not kept:
        return _render(site)
    kind = f"pages {digest(repr((sources, site.options, *_program())).encode('utf-8', 'backslashreplace'))}"
    known = _read(kept, kind)
    if known is None:
        known = _render(site)
        write_kept(kept, kind, json.dumps(known).encode())
    return known


def _render(site: Site) -> Rendered:
    # The views of a large site are hundreds of thousands of tuples in no circle: to look for circles takes a sixth.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return render_site(site)
    finally:
        if collecting:
            gc.enable()


def _read(kept: str, kind: str) -> Rendered | None:
    payload = read_kept(kept, kind)
    if payload is None:
        return None
    try:
        pages, twins = json.loads(payload)
    except (ValueError, TypeError):
        return None  # whole and yet no pages: written by somebody else
    return Rendered(pages, twins)


def _program() -> Iterator[tuple[str, int, int]]:
    """Yield the state of each file that decides what pages look like: whoever edits a template wants to see it."""
    here = os.path.dirname(__file__)
    for package in (here, os.path.join(os.path.dirname(here), "catalogue")):
        for folder, folders, names in os.walk(package):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            for name in sorted(names):
                status = os.stat(os.path.join(folder, name))
                yield name, status.st_mtime_ns, status.st_size
