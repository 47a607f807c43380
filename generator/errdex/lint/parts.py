"""How the work of a run is divided: by how much of each file has to be looked at, and into parts that stand alone."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial

from errdex.lint.files import Unread, read
from errdex.lint.memory import Imports, Learnt, Scanned, key_of, mark_of, modules_in
from errdex.lint.prefilter import Scan, scan, share
from errdex.lint.processes import spread
from errdex.lint.project import Project
from errdex.lint.report import Report
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from errdex.catalogue.routes import Routes
    from errdex.lint.files import Look
    from errdex.lint.memory import Memory
    from errdex.lint.prefilter import Pieces
    from errdex.lint.run import Settings

    Spread = Callable[[Callable[..., Any], "Run", Sequence[Any]], list[Any]]
    """Does a function's work for what all share and each item, somewhere else."""

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
    """Without the catalogues."""
    wanted: Pieces
    look: Look
    learns: bool = False
    """Whether what it learns is kept."""
    routes: tuple[Routes, ...] = ()
    """Of the catalogues, when something is walked."""


class Part(NamedTuple):
    """Files about which no other file of the run says anything."""

    walked: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    """Other files that these import: of another run, or without a piece of an operation's URL."""
    listed: tuple[str, ...] = ()
    """Files whose requests are counted, not followed."""
    parsed: tuple[str, ...] = ()
    """Files that are only parsed, for what their comments say and whether they can be read."""
    idle: tuple[str, ...] = ()
    """Files that are only parsed to see whether they can be."""

    @property
    def seconds(self) -> float:
        """About how long it takes: a walk takes some twenty times as long as parsing."""
        return 6e-6 * sum(map(_size, self.walked)) + 0.3e-6 * sum(map(_size, (*self.listed, *self.parsed, *self.idle)))

    @property
    def single(self) -> bool:
        """Whether its files have nothing to do with each other."""
        return not self.walked


class Division(NamedTuple):
    """The work of a run, and what was learnt when it was divided."""

    parts: list[Part]
    scans: dict[str, Scanned]
    imports: Imports


@contextmanager
def elsewhere(settings: Settings) -> Iterator[Spread | None]:
    """Give what spreads work over the executor of the settings, None when there is none."""
    if not settings.executor:
        yield None
        return
    from errdex.lint.executors import opened, spread_on

    with opened(settings.executor) as executor:
        yield partial(spread_on, executor) if executor is not None else None


def divide(run: Run, paths: Sequence[str], memory: Memory | None = None, spread_on: Spread | None = None) -> Division:
    """Divide the files of a run by how much has to be looked at, and into parts that can be looked at apart."""
    scans = _scanned(run, paths, memory, spread_on)
    if memory is not None:
        memory.know({path: scan.mark for path, scan in scans.items()})
    if run.settings.whole:
        return Division([Part(walked=tuple(paths))], scans, Imports({}, {}))
    project = Project(run.settings.paths, seen=run.look.listings)

    def scanned(path: str) -> Scan:
        run.look.sign(path)
        known = memory.scan(path) if memory is not None else None
        scans[path] = known or _scans(run, (path,))[0]
        return _told(scans[path])

    found = share(
        project,
        {path: _told(scan) for path, scan in scans.items()},
        scanned,
        lambda path: _data(run.settings, path),
        memory.imports(scans) if memory is not None else lambda _: None,
    )
    marked = set(found.marked)
    idle = set(paths).difference(found.listed, marked, *found.walked)
    if not _are_few(run.look, (*marked, *idle)):
        idle = set()
    parts = [Part(walked=walked, beyond=beyond) for walked, beyond in zip(found.walked, found.beyond, strict=True)]
    parts += [Part(listed=found.listed[start : start + 50]) for start in range(0, len(found.listed), 50)]
    parts += [Part(parsed=tuple(path for path in paths if path in marked))] if marked else []
    parts += [Part(idle=tuple(path for path in paths if path in idle))] if idle else []
    if memory is None:
        return Division(parts, scans, Imports({}, {}))
    asked = {path: modules_in(names) for path, names in project.listings.items()}
    return Division(parts, scans, Imports(found.edges, {**memory.asked, **asked}))


def _scanned(run: Run, paths: Sequence[str], memory: Memory | None, spread_on: Spread | None) -> dict[str, Scanned]:
    """Return what the bytes of each file tell; those that are not known are looked at."""
    known = {path: memory.scan(path) if memory is not None else None for path in paths}
    new = [path for path, scan in known.items() if scan is None]
    chunks = [tuple(new[start : start + _CHUNK]) for start in range(0, len(new), _CHUNK)]
    processes = (run.settings.jobs or _processors()) if len(chunks) >= _MANY else 1
    done = spread_on(_scans, run, chunks) if spread_on else spread(_scans, run, chunks, processes)
    scans = iter([one for chunk in done for one in chunk])
    return {path: scan or next(scans) for path, scan in known.items()}


def _scans(run: Run, paths: Sequence[str]) -> list[Scanned]:
    words = [name.rpartition(".")[2].encode() for name, _ in run.settings.wrappers]
    return [_scan(_data(run.settings, path), run, words) for path in paths]


def _scan(data: bytes | Unread, run: Run, words: Iterable[bytes]) -> Scanned:
    told = scan(data, run.wanted, words)
    return Scanned(mark_of(data) if run.learns else "", sum(truth << bit for bit, truth in enumerate(told)))


#: By the bits of a number.
_SCANS = tuple(Scan(*(bool(told >> bit & 1) for bit in range(5))) for told in range(32))


def _told(scanned: Scanned) -> Scan:
    return _SCANS[scanned.told & 31]


def recalled(memory: Memory | None, work: Division) -> tuple[list[Learnt], list[Part]]:
    """Return what is known of the parts, and the parts that have to be looked at: the longest first."""
    known: list[Learnt] = []
    fresh: list[Part] = []
    for part in work.parts:
        if memory is None:
            fresh.append(part)
        elif part.single:
            singles = (part.listed, part.parsed, part.idle)
            found = {path: memory.part(_key(part, [path], work.scans)) for paths in singles for path in paths}
            known += filter(None, found.values())
            listed, parsed, idle = (tuple(path for path in paths if found[path] is None) for paths in singles)
            fresh += [Part(listed=listed, parsed=parsed, idle=idle)] if listed or parsed or idle else []
        else:
            learnt = memory.part(_key(part, part.walked, work.scans))
            known += [learnt] if learnt is not None else []
            fresh += [part] if learnt is None else []
    # The longest first, so that no process begins one when the others are done.
    return known, sorted(fresh, key=lambda part: -part.seconds)


def learnt(part: Part, report: Report, project: Project) -> list[Learnt]:
    """Return what was found, for each group of files that stands alone, and what it rests on."""
    marks = {path: mark_of(read(path) if isinstance(data, Unread) else data) for path, data in project.loaded()}
    if not part.single:
        folders = {path: modules_in(names) for path, names in project.listings.items()}
        own = {path: marks[path] for path in part.walked}
        return [Learnt(key_of_part(part, own), report, {**own, **marks}, folders)]
    return [
        Learnt(
            key_of_part(part, {path: mark}),
            Report(
                tuple(one for one in report.findings if one.span.path == path),
                tuple(one for one in report.calls if one.span.path == path),
                tuple(one for one in report.unresolved if one.span.path == path),
                files=1,
                seconds=0.0,
            ),
            {path: mark},
            {},
        )
        for path, mark in marks.items()
    ]


def _key(part: Part, paths: Iterable[str], scans: Mapping[str, Scanned]) -> str:
    return key_of_part(part, {path: scans[path].mark for path in paths})


def key_of_part(part: Part, own: Mapping[str, str]) -> str:
    """Return the key of a part, or of one of its files that stand alone, by what stands for their bytes."""
    how = "walked" if part.walked else "listed" if part.listed else "parsed" if part.parsed else "idle"
    return key_of(how, own.items())


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


def _are_few(look: Look, paths: Iterable[str]) -> bool:
    """Return whether parsing the files costs little."""
    left = MOST_IDLE_BYTES
    for path in paths:
        left -= _seen_size(look, path)
        if left < 0:
            return False
    return True


def _seen_size(look: Look, path: str) -> int:
    sign = look.signs.get(path)
    return _size(path) if sign is None else sign[2]


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
