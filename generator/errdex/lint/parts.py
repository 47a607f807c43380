"""How the work of a run is divided: by how much of each file has to be looked at, and into parts that stand alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from errdex.lint.files import read
from errdex.lint.prefilter import scan, share
from errdex.lint.processes import spread
from errdex.lint.project import Project
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.routes import Routes
    from errdex.lint.files import Unread
    from errdex.lint.prefilter import Pieces, Scan
    from errdex.lint.run import Settings

#: As long as the files that no client stands in are no larger together, they are parsed all the same, so that what
#: Python cannot read in them is told: 0.1 s for each MiB.
MOST_IDLE_BYTES = 1024 * 1024

#: Work of less than this is done in one process.
_LEAST_SECONDS = 0.3
#: Files that one process scans at a time, and how many such heaps are worth a second process.
_CHUNK = 500
_MANY = 8


class Run(NamedTuple):
    """What all parts of a run share."""

    settings: Settings
    routes: tuple[Routes, ...]
    wanted: Pieces


class Part(NamedTuple):
    """Files about which no other file of the run says anything."""

    walked: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    """Files whose requests are counted, not followed."""
    parsed: tuple[str, ...] = ()
    """Files that are only parsed, for what their comments say and whether they can be read."""

    @property
    def seconds(self) -> float:
        """About how long it takes: a walk takes some twenty times as long as parsing."""
        return 6e-6 * sum(map(_size, self.walked)) + 0.3e-6 * sum(map(_size, (*self.listed, *self.parsed)))


def divide(run: Run, paths: Sequence[str]) -> list[Part]:
    """Divide the files of a run by how much has to be looked at, and into parts that can be looked at apart."""
    if run.settings.whole:
        return [Part(walked=tuple(paths))]
    chunks = [tuple(paths[start : start + _CHUNK]) for start in range(0, len(paths), _CHUNK)]
    processes = (run.settings.jobs or _processors()) if len(chunks) >= _MANY else 1
    scans = [one for chunk in spread(_scans, run, chunks, processes) for one in chunk]
    found = share(
        Project(run.settings.paths),
        dict(zip(paths, scans, strict=True)),
        lambda path: _scans(run, (path,))[0],
        lambda path: _data(run.settings, path),
    )
    rest = set(paths).difference(found.listed, *found.walked)
    if sum(map(_size, rest)) > MOST_IDLE_BYTES:
        rest = set(found.marked)
    parts = [Part(walked=walked) for walked in found.walked]
    parts += [Part(listed=found.listed[start : start + 50]) for start in range(0, len(found.listed), 50)]
    parts += [Part(parsed=tuple(path for path in paths if path in rest))] if rest else []
    # The longest first, so that no process begins one when the others are done.
    return sorted(parts, key=lambda part: -part.seconds)


def _scans(run: Run, paths: Sequence[str]) -> list[Scan]:
    words = [name.rpartition(".")[2].encode() for name, _ in run.settings.wrappers]
    return [scan(_data(run.settings, path), run.wanted, words) for path in paths]


def _data(settings: Settings, path: str) -> bytes | Unread:
    text = text_of(settings, path)
    return read(path) if text is None else text.encode("utf-8", "surrogatepass")


def jobs(settings: Settings, work: Sequence[Part]) -> int:
    """Return how many processes to use: one when the work is done before another has started."""
    if settings.jobs:
        return settings.jobs
    return _processors() if sum(part.seconds for part in work) > _LEAST_SECONDS else 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def text_of(settings: Settings, path: str) -> str | None:
    """Return what stands in for the file's own text, None when nothing does."""
    if settings.stdin is not None and settings.stdin[0] == path:
        return settings.stdin[1]
    return next((text for name, text in settings.texts if name == path), None)
