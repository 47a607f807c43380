"""What earlier runs have learnt, so that a run looks only at what has changed since.

Three things are kept, for each way to run (settings, catalogues, versions) in files of its own:

    report   of the whole run, good as long as the system says the same of every file and every folder that was asked
    scans    of the bytes of each file, good as long as the system says the same of it; and what it imports, good as
             long as its bytes are the same and no module has come or gone in any folder
    parts    what was found in each file or group of files, good as long as the bytes are the same of every file that
             was read for it, and the modules in every folder that was asked for it

What the system says of a file is believed only when the file was left alone for a while before: two writes within one
tick of its clock look alike. All of it is JSON; whatever is not as it should be was never learnt.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from functools import cache

from errdex import __version__
from errdex.kept import SETTLED, digest, read_kept, sign_of, write_kept
from errdex.lint.files import Unread, read
from errdex.lint.kept_report import packed, unpacked
from errdex.lint.project import listing
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeVar

    Read = TypeVar("Read")

    from errdex.kept import Sign
    from errdex.lint.files import Look
    from errdex.lint.report import Report
    from errdex.lint.run import Settings

#: Ways to run that are kept beside each other, in three files each.
_MOST_WAYS = 24

#: What is kept of all files is written anew when one in so many has changed, a file that was looked at closely
#: counting for some of those that were only scanned.
_LITTLE, _DEARER = 200, 20

_BENT = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


class Scanned(NamedTuple):
    """What the bytes of a file tell."""

    mark: str
    """What stands for them."""
    told: int
    """The truths of a Scan, as the bits of a number."""


class Learnt(NamedTuple):
    """What was found in a file or a group of files, and what that rests on."""

    key: str
    """How it was looked at, and its own files with what stands for their bytes."""
    report: Report
    files: Mapping[str, str]
    """Every file that was read, its own included, with what stands for its bytes."""
    folders: Mapping[str, str]
    """Every folder that was asked for modules, with what stands for those in it."""


class Imports(NamedTuple):
    """What files import of the project, and the folders that were asked for it."""

    edges: Mapping[str, frozenset[str]]
    folders: Mapping[str, str]


class Learning(NamedTuple):
    """What a run has learnt."""

    scans: Mapping[str, Scanned]
    """Of the files of the run, and of those that they import."""
    imports: Imports
    parts: Sequence[Learnt]
    report: Report


class Memory:
    """What is known of the files of one run from earlier ones."""

    def __init__(self, settings: Settings, look: Look, *, began: int) -> None:
        self._look = look
        self._began = began
        way = digest(_way(settings).encode("utf-8", "surrogatepass"))
        self._report_file = os.path.join(settings.cache_dir or "", f"lint-{way}-report.json")
        self._parts_file = os.path.join(settings.cache_dir or "", f"lint-{way}-parts.json")
        self._marks: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._signs: dict[str, Sign] = {}
        self._scans: dict[str, Scanned] = {}
        self._imports: Imports | None = None
        self._imports_hold = False
        self._parts: dict[str, Learnt] = {}
        self.asked: Mapping[str, str] = {}
        """The folders that what `imports` tells rests on."""

    def report(self, found: Sequence[str | Unread]) -> Report | None:
        """Return the report of the last run when nothing has changed since."""
        return _kept(self._report_file, "report", lambda document: self._report(document, found))

    def _report(self, document: Any, found: Sequence[str | Unread]) -> Report | None:  # noqa: ANN401
        if document["tree"] != self._tree(found) or not self._holds(document["files"], document["folders"]):
            return None
        return unpacked(document["report"])

    def recall(self) -> None:
        """Read what was learnt of files and parts."""
        _kept(self._parts_file, "parts", self._recall)

    def _recall(self, document: Any) -> None:  # noqa: ANN401
        paths, folders = document["paths"], document["folders"]
        values = document["signs"]
        signs = dict(zip(paths, zip(*(values[at::4] for at in range(4)), strict=True), strict=True))
        scans = dict(zip(paths, map(Scanned, document["marks"], document["told"]), strict=True))
        edges = {paths[at]: frozenset(paths[to] for to in found) for at, found in document["edges"]}
        marks, listings = [scan.mark for scan in scans.values()], document["listings"]
        parts = [
            Learnt(
                key,
                unpacked(report),
                dict(files),
                {folders[at]: listings[at] for at in asked},
            )
            for key, report, files, asked in document["parts"]
        ]
        if not all(isinstance(text, str) for text in (*paths, *marks, *folders, *listings)):
            raise TypeError(paths)
        if not all(isinstance(number, int) for number in document["told"]):
            raise TypeError(document["told"])
        asked = {folders[at]: listings[at] for at in document["asked"]}
        self._signs, self._scans, self._imports = signs, scans, Imports(edges, asked)
        self._parts = {part.key: part for part in parts}

    def scan(self, path: str) -> Scanned | None:
        """Return what the bytes of the file told when nothing has happened to it since."""
        sign = self._look.signs.get(path)
        if sign is None or self._signs.get(path) != sign:
            return None
        return self._scans[path]

    def imports(self, marks: Mapping[str, Scanned]) -> Callable[[str], frozenset[str] | None]:
        """Return what tells what a file imports; it does as long as no module has come or gone anywhere."""
        known, scans = self._imports, self._scans
        self._imports_hold = known is not None and self._holds({}, known.folders)
        if known is None or not self._imports_hold:
            return lambda _: None
        self.asked = known.folders

        def imported(path: str) -> frozenset[str] | None:
            old, new = scans.get(path), marks.get(path)
            return known.edges.get(path) if old is not None and new is not None and old.mark == new.mark else None

        return imported

    def part(self, key: str) -> Learnt | None:
        """Return what was found in a part when nothing that this rests on has changed."""
        known = self._parts.get(key)
        return known if known is not None and self._holds(known.files, known.folders) else None

    def know(self, marks: Mapping[str, str]) -> None:
        """Take what stands for the bytes of files from those who have read them."""
        self._marks.update(marks)

    def learn(self, found: Sequence[str | Unread], run: Learning) -> None:
        """Keep what the run has learnt. A file that was written meanwhile is none that was looked at."""
        settled = self._began - SETTLED
        signs = self._look.signs
        changed = [path for path in run.scans if self._signs.get(path) != signs.get(path)]
        moved = {path for path in changed if signs.get(path) != sign_of(path)}
        parts = [part for part in run.parts if part.key]
        if not self._is_little(changed, run):
            good = {path: scan for path, scan in run.scans.items() if path not in moved}
            write_kept(self._parts_file, "lint parts", self._parts_document(good, run.imports, parts, settled))
        old = all(isinstance(path, str) and max(signs.get(path, (settled,))[:2]) < settled for path in found)
        if old and not moved and len(parts) == len(run.parts):
            own = frozenset(found)
            outside = {path: scan.mark for path, scan in run.scans.items() if path not in own}
            outside.update((path, mark) for part in parts for path, mark in part.files.items() if path not in own)
            folders = dict(run.imports.folders)
            for part in parts:
                folders.update(part.folders)
            document = {
                "tree": self._tree(found), "files": outside, "folders": folders, "report": packed(run.report),
            }  # fmt: skip
            write_kept(self._report_file, "lint report", json.dumps(document).encode())
        prune(os.path.dirname(self._parts_file))

    def _is_little(self, changed: Sequence[str], run: Learning) -> bool:
        """Return whether later runs learn it again in less time than it takes to keep it."""
        new = [path for part in run.parts if part.key not in self._parts for path in part.files]
        return self._imports_hold and (len(changed) + _DEARER * len(new)) * _LITTLE < len(run.scans)

    def _parts_document(
        self, scans: Mapping[str, Scanned], imports: Imports, parts: Sequence[Learnt], settled: int
    ) -> bytes:
        edges = {path: found for path, found in imports.edges.items() if path in scans}
        paths = list(dict.fromkeys([*scans, *(path for found in edges.values() for path in found)]))
        number = {path: at for at, path in enumerate(paths)}
        nothing, unscanned = (0, 0, 0, 0), Scanned("", 0)
        signs = (self._look.signs.get(path, nothing) for path in paths)
        listings = dict(imports.folders)
        for part in parts:
            listings.update(part.folders)
        folder = {path: at for at, path in enumerate(listings)}
        document = {
            "paths": paths,
            "signs": [value for sign in signs for value in (sign if max(sign[:2]) < settled else nothing)],
            "marks": [scans.get(path, unscanned).mark for path in paths],
            "told": [scans.get(path, unscanned).told for path in paths],
            "edges": [[number[path], [number[to] for to in sorted(found)]] for path, found in edges.items()],
            "folders": list(listings),
            "listings": list(listings.values()),
            "asked": [folder[path] for path in imports.folders],
            "parts": [
                [part.key, packed(part.report), [*part.files.items()], [folder[path] for path in part.folders]]
                for part in parts
            ],
        }
        return json.dumps(document, separators=(",", ":")).encode()

    def _holds(self, files: Mapping[str, str], folders: Mapping[str, str]) -> bool:
        return all(self._folder(path) == mark for path, mark in folders.items()) and all(
            self._mark(path) == mark for path, mark in files.items()
        )

    def _mark(self, path: str) -> str:
        if path not in self._marks:
            self._marks[path] = mark_of(read(path))
        return self._marks[path]

    def _folder(self, folder: str) -> str:
        if folder not in self._folders:
            seen = self._look.listings.get(folder)
            self._folders[folder] = modules_in(listing(folder) if seen is None else seen)
        return self._folders[folder]

    def _tree(self, found: Sequence[str | Unread]) -> str:
        """Return what stands for the files of the run and what the system says of them."""
        signs = self._look.signs
        said = [(path, signs.get(path)) if isinstance(path, str) else tuple(path) for path in found]
        return digest(repr(said).encode("utf-8", "surrogatepass"))


def mark_of(data: bytes | Unread) -> str:
    """Return what stands for the bytes of a file, or for the reason that there are none."""
    return f"!{data.reason}" if isinstance(data, Unread) else digest(data)


def modules_in(names: Mapping[str, bool]) -> str:
    """Return what stands for the modules and packages in a folder."""
    told = [
        f"{name}/" if is_folder else name
        for name, is_folder in names.items()
        if (name[0] != "." and name != "__pycache__" if is_folder else name.endswith(".py"))
    ]
    return digest("\n".join(sorted(told)).encode("utf-8", "surrogatepass"))


def remembers(settings: Settings) -> bool:
    """Return whether the run may use and keep what runs learn: its catalogues are known, and a folder is looked at."""
    return (
        bool(settings.cache_dir and settings.known)
        and not (settings.stdin or settings.texts or settings.trace)
        and any(map(os.path.isdir, settings.paths))
    )


def remember(settings: Settings, look: Look) -> Memory:
    """Return the memory of a run that begins to look for files now."""
    return Memory(settings, look, began=time.time_ns())


def _way(settings: Settings) -> str:
    """Return all that decides what a run says, besides files."""
    rest = settings._replace(catalogues=(), cache_dir=None, jobs=0, executor="", per_file_ignores=())
    said: list[object] = [sorted(value) if isinstance(value, frozenset) else value for value in rest]
    said.append([(pattern, sorted(rules)) for pattern, rules in settings.per_file_ignores])
    folders = [os.path.isdir(path) for path in settings.paths]
    place = os.getcwd() if settings.wrappers else ""
    return repr((__version__, code(), sys.implementation.cache_tag, sys.version_info[:], said, folders, place))


@cache
def code() -> list[tuple[str, int, int]]:
    """Return what tells one state of errdex's own code from another of the same version."""
    told = []
    for folder in (os.path.dirname(__file__), os.path.dirname(os.path.dirname(__file__)) + "/catalogue"):
        for found, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(name for name in names if name.endswith(".py")):
                status = os.stat(os.path.join(found, name))
                told.append((name, status.st_size, status.st_mtime_ns))
    return told


def _kept(path: str, kind: str, told: Callable[[Any], Read]) -> Read | None:
    payload = read_kept(path, f"lint {kind}")
    if payload is None:
        return None
    collecting = gc.isenabled()
    gc.disable()
    try:
        return told(json.loads(payload))
    except _BENT:
        return None  # whole and yet not ours: written by somebody else
    finally:
        if collecting:
            gc.enable()


def prune(folder: str) -> None:
    """Remove what was kept of the ways to run that were gone longest ago."""
    try:
        with os.scandir(folder) as entries:
            kept = sorted((entry.stat().st_mtime, entry.path) for entry in entries if entry.name.startswith("lint-"))
        for _, path in kept[: -3 * _MOST_WAYS]:
            os.unlink(path)
    except (OSError, ValueError):
        return


def key_of(how: str, own: Iterable[tuple[str, str]]) -> str:
    """Return the key of a part: how it is looked at, and its own files with what stands for their bytes."""
    return digest(repr((how, list(own))).encode("utf-8", "surrogatepass"))
