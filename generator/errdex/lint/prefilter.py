"""How much of each file a run has to look at, told from its bytes.

A request can only be one of an operation where a piece of the operation's path, or the server's address, stands: in the
file or in one that it imports. So a look at the bytes tells three things of each file: whether it names a client
library, whether a call in it has the shape of a request (`session.get(...)` on an object that may come from anywhere),
and whether such a piece stands in it. Its import statements, found without a parser, make the graph of the project.

    walked   files that reach, through imports, a piece as well as a client's name or a shape; and what these import,
             since its functions may be given a client
    listed   other files that import a client library: no request of theirs is of an operation, but each is counted
    read     all others: nothing in them can be of interest

All of it errs on the side of walking: a word in a comment is a word.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache

from errdex.lint.files import MARKER, Unread, is_text, mentions
from errdex.lint.senders import names_a_client, sends_by_itself
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from errdex.catalogue.model import Catalogue
    from errdex.catalogue.routes import Routes
    from errdex.lint.project import Project

_SHAPE = re.compile(rb"\.(?:get|post|put|patch|delete|head|options|request|async_request|stream)\s*\(")
_IMPORT = re.compile(
    rb"""\n[ \t]*(?:
        from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\((?:[^)\#]|\#[^\n]*)*\)|(?:\\\r?\n|[^\n;])*)
        |import[ \t]+((?:\\\r?\n|[^\n;])*)
    )""",
    re.VERBOSE,
)
#: Import statements of client libraries, and of what wraps them; the standard library's are told by what they are for.
_LIBRARY = re.compile(
    rb"\n[ \t]*(?:import|from)[ \t]+"
    rb"(?:requests|niquests|httpx|aiohttp|urllib3|authlib|google\.auth|flask_dance"
    rb"|[^\n]*[ ,](?:requests|httpx|aiohttp))"
    rb"|urlopen|OpenerDirector|HTTPConnection|HTTPSConnection|open_url|fetch_url"
)
#: Statements behind others in their line: `try: import x`, `import x; import y`.
_BEHIND = re.compile(rb"[;:][ \t]*(?=(?:import|from)[ \t])")
_COMMENT = re.compile(rb"#[^\n]*")
_RUN = re.compile(r"[\w.-]+")
_TOKEN = re.compile(rb"[\w.-]+")
_VERSION = re.compile(r"v?\d+(\.\d+)*")

#: Words that are looked for one by one; more of them are looked up among all words of a file.
_FEW = 24

#: Files of a run that may import from outside of it what they ask for.
_SMALL = 1000


class Import(NamedTuple):
    """What one import statement asks for."""

    level: int
    """How many dots it starts with."""
    module: str
    names: tuple[str, ...]
    """Empty for a plain `import`."""


class Scan(NamedTuple):
    """What the bytes of a file tell."""

    sends: bool
    """It names a client library."""
    shaped: bool
    """It has a call that is shaped like a request."""
    told: bool
    """It has a piece of an operation's path or of a server's address, or a comment that names an operation."""
    imports: bool
    """It imports a client library by its own name, and makes a client or sends a request: it could by itself."""
    marked: bool
    """It has to be parsed in any case: comments in it speak to the linter, or it is no text."""


class Share(NamedTuple):
    """How much of the files a run has to look at; each in the order in which they were given."""

    walked: tuple[tuple[str, ...], ...]
    """Files that imports connect are together: no other file says anything about them."""
    beyond: tuple[tuple[str, ...], ...]
    """For each of these groups, other files with requests of its own that it imports, directly or not."""
    listed: tuple[str, ...]
    marked: tuple[str, ...]
    """Further files that have to be parsed."""
    edges: dict[str, frozenset[str]]
    """What each file imports of the project, as far as that was of interest."""


class Pieces(NamedTuple):
    """What stands in the URL of every request that a catalogue has an operation for."""

    words: frozenset[bytes]
    """Of each path template its longest literal piece, of each server its host or such a piece."""
    anything: bool
    """A server's address has no such piece."""

    def stand_in(self, data: bytes) -> bool:
        """Return whether one of them stands in the data."""
        if self.anything:
            return True
        if len(self.words) <= _FEW:
            return mentions(data, self.words)
        # `%s/items` and `%sitems` alike.
        return not self.words.isdisjoint(_TOKEN.findall(data.replace(b"%s", b"/")))


def pieces(routes: Iterable[Routes]) -> Pieces:
    """Return what stands in the URLs of these catalogues' operations."""
    words: set[str] = set()
    anything = False
    for table in routes:
        words.update(filter(None, map(_longest, _paths(table.catalogue))))
        for base in table.bases:
            literal = [segment for segment in base.segments if segment is not None]
            if base.host:
                words.update(filter(None, [_longest([base.host])]))
            elif base.segments:
                word = _longest(literal)
                # In place of a version any other may stand.
                anything = anything or not word or _VERSION.fullmatch(word) is not None
                words.add(word)
    return Pieces(frozenset(word.encode() for word in words if word), anything)


def _paths(catalogue: Catalogue) -> Iterator[list[str]]:
    for operation in catalogue.operations:
        for endpoint in operation.endpoints:
            yield [part for part in endpoint.path.split("?")[0].split("/") if "{" not in part]


def _longest(texts: Iterable[str]) -> str:
    return max((run for text in texts for run in _RUN.findall(text)), key=len, default="")


def scan(data: bytes | Unread, wanted: Pieces, words: Iterable[bytes] = ()) -> Scan:
    """Return what the bytes of a file tell; `words` are client names beyond those that are known."""
    if isinstance(data, Unread):
        return Scan(sends=False, shaped=False, told=False, imports=False, marked=True)
    sends = names_a_client(data) or mentions(data, words)
    speaks = MARKER in data
    return Scan(
        sends=sends,
        shaped=_SHAPE.search(data) is not None,
        told=speaks or wanted.stand_in(data),
        imports=sends and sends_by_itself(data) and _LIBRARY.search(b"\n" + data) is not None,
        marked=speaks or b"\0" in data or not is_text(data),
    )


def imports(data: bytes) -> Iterator[Import]:
    """Yield the import statements of a file; what stands in its strings may look like one."""
    if b"import" not in data:
        return
    if mentions(data, (b": import ", b"; import ", b": from ", b"; from ", b":import ", b";import ")):
        data = _BEHIND.sub(b"\n", data)
    for statement in _IMPORT.findall(b"\n" + data):
        yield from _asked(statement)


@lru_cache(maxsize=4096)
def _asked(statement: tuple[bytes, bytes, bytes, bytes]) -> tuple[Import, ...]:
    dots, module, names, plain = statement
    if plain:
        return tuple(Import(0, name, ()) for name in _names(plain))
    return (Import(len(dots), module.decode("utf-8", "replace"), tuple(_names(names))),)


def _names(listed: bytes) -> Iterator[str]:
    text = _COMMENT.sub(b"", listed) if b"#" in listed else listed
    for part in text.strip(b"()").replace(b"\\", b" ").decode("utf-8", "replace").split(","):
        words = part.split()
        if words:
            yield words[0]


def share(
    project: Project,
    scans: dict[str, Scan],
    scanned: Callable[[str], Scan],
    read: Callable[[str], bytes | Unread],
    known: Callable[[str], frozenset[str] | None] = lambda _: None,
) -> Share:
    """Return how much of the scanned files has to be looked at.

    What they import from elsewhere is taken into account: `scanned` and `read` are asked for it. `known` tells what
    a file imports when nothing that it depends on has changed.
    """
    own = tuple(scans)
    # Without a piece anywhere nothing reaches one; what a large run imports is part of the run.
    edges = {}
    if len(own) <= _SMALL or any(made.told for made in scans.values()):
        edges = _edges(project, scans, scanned, read, known)
    sending = _sending(scans, edges)
    kept = _kept(scans, edges, sending)
    walked = tuple(_connected([path for path in own if path in kept], edges, kept))
    return Share(
        walked,
        tuple(tuple(sorted(sending & _reaching(edges, group).difference(group))) for group in walked),
        tuple(path for path in own if scans[path].imports and path not in kept),
        tuple(path for path in own if scans[path].marked and not scans[path].imports and path not in kept),
        edges,
    )


def _edges(
    project: Project,
    scans: dict[str, Scan],
    scanned: Callable[[str], Scan],
    read: Callable[[str], bytes | Unread],
    known: Callable[[str], frozenset[str] | None],
) -> dict[str, frozenset[str]]:
    """Return what each file imports of the project; files outside of the run are scanned when one leads to them."""
    edges: dict[str, frozenset[str]] = {}
    located: dict[tuple[str, Import], frozenset[str]] = {}
    pending = list(scans)
    while pending:
        path = pending.pop()
        targets = known(path)
        if targets is None:
            targets = _targets(project, path, read(path), located)
        edges[path] = targets
        for found in targets:
            if found not in scans:
                scans[found] = scanned(found)
                pending.append(found)
    return edges


def _targets(
    project: Project, path: str, data: bytes | Unread, located: dict[tuple[str, Import], frozenset[str]]
) -> frozenset[str]:
    folder = os.path.dirname(path)
    targets: set[str] = set()
    for asked in () if isinstance(data, Unread) else imports(data):
        key = (folder, asked)
        if key not in located:
            located[key] = _located(project, folder, asked)
        targets |= located[key]
    return frozenset(targets)


def _leading(edges: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Return by whom each file is imported."""
    leading: dict[str, list[str]] = {}
    for path, found in edges.items():
        for imported in found:
            leading.setdefault(imported, []).append(path)
    return leading


def _sending(scans: Mapping[str, Scan], edges: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the files with a request in them or in what they import."""
    return _reaching(_leading(edges), (path for path, made in scans.items() if made.sends or made.shaped))


def _kept(scans: Mapping[str, Scan], edges: Mapping[str, frozenset[str]], sending: set[str]) -> frozenset[str]:
    told = [path for path, made in scans.items() if made.told]
    kept = sending & _reaching(_leading(edges), told) if told else set[str]()
    return frozenset(kept.union(*(edges.get(path, ()) for path in kept)))


def _connected(
    paths: Iterable[str], edges: Mapping[str, frozenset[str]], kept: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Yield the files in groups without an import between them."""
    near: dict[str, list[str]] = {}
    for path in kept:
        for found in edges.get(path, frozenset()) & kept:
            near.setdefault(path, []).append(found)
            near.setdefault(found, []).append(path)
    group: dict[str, int] = {}
    members: list[list[str]] = []
    for path in paths:
        if path not in group:
            for reached in _reaching(near, [path]):
                group[reached] = len(members)
            members.append([])
        members[group[path]].append(path)
    yield from map(tuple, members)


def _located(project: Project, folder: str, asked: Import) -> frozenset[str]:
    """Return the files that an import statement in a folder leads to."""
    beside = os.path.join(folder, "x.py")
    found = project.locate(asked.module, beside, asked.level)
    if found is None:
        return frozenset()
    files = {found}
    if not found.endswith(".py") or found.endswith("__init__.py"):
        inside = found.removesuffix("__init__.py") or "."
        for name in asked.names:
            if project.has(inside, name):
                files.add(project.locate(f"{asked.module}.{name}" if asked.module else name, beside, asked.level) or "")
    return frozenset(file for file in files if file.endswith(".py"))


def _reaching(leading: Mapping[str, Iterable[str]], sources: Iterable[str]) -> set[str]:
    """Return the sources and all that they lead to, however far away."""
    found: set[str] = set()
    pending = list(sources)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending.extend(leading.get(path, ()))
    return found
