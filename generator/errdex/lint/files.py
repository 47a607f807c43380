"""Which files a run looks at, and their text: every kind of file ends as a source or as a reason.

A folder is walked in sorted order, without following symbolic links to folders. Only regular files are opened:
reading a FIFO or /dev/zero would never end. Nothing here raises for what a file holds or for a file that
vanishes: such a file is `Unread`, which becomes a finding, and the other files are still checked.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import warnings
from operator import attrgetter

from errdex.kept import sign_of
from errdex.lint import globs
from errdex.lint.report import Finding, Span, rule_page
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from errdex.kept import Sign

SUFFIXES = (".py", ".pyw")

#: Folders that hold no code of the project. A virtual environment of any name is known by its `pyvenv.cfg`.
SKIPPED_FOLDERS = frozenset({
    ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache",
    ".ruff_cache", ".svn", ".tox", ".venv", "__pycache__", "__pypackages__", "build", "dist", "node_modules",
    "site-packages", "venv",
})  # fmt: skip

#: More than this is not read at all: nobody wrote it, and it would fill the memory.
MOST_BYTES = 64 * 1024 * 1024

#: More than this is not parsed: `ast.parse` takes about 1 s and 200 MB for each MiB.
MOST_PARSED_BYTES = 4 * 1024 * 1024

#: A chain of more operators, calls or attributes is no code that somebody wrote.
MOST_LEVELS = 1_000

#: Handlers of several classes without parentheses.
_UNPARENTHESIZED = re.compile(r"(?m)^([ \t]*except\*?[ \t]+)([^\s(#:][^(#:\n]*,[^(#:\n]*?)([ \t]*:)")

#: A file without these bytes has no comment that speaks to the linter; the others are tokenized for that, so that
#: strings are not mistaken for comments.
MARKER = b"errdex:"

#: Words without which a file can send no request itself. A file without any of them may still call helpers of
#: the project's other files: it is for the caller to add the names of those.
CLIENT_WORDS = (
    b"requests",
    b"niquests",
    b"httpx",
    b"aiohttp",
    b"urllib",
    b"http.client",
    b"HTTPConnection",
    b"HTTPSConnection",
)


#: `ast.PyCF_ONLY_AST`
_ONLY_TREE = 0x400


class Source(NamedTuple):
    """The text of a client file."""

    path: str
    """As it was given or found, with forward slashes."""
    data: bytes
    text: str
    """Without byte order mark, line endings as in the file."""

    @property
    def lines(self) -> list[str]:
        """The lines without their endings, cut where Python cuts them (`splitlines` also cuts at form feeds)."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class Unread(NamedTuple):
    """A file that could not be read or parsed."""

    path: str
    reason: str
    """Completes the sentence `the file cannot be checked: ...`."""
    line: int = 1
    column: int = 1


class Look:
    """What was seen of the disk while files were looked for; it stays as it was when they change."""

    __slots__ = ("listings", "signs")

    def __init__(self) -> None:
        self.listings: dict[str, dict[str, bool]] = {}
        """The names in each folder, and which of them are folders."""
        self.signs: dict[str, Sign] = {}
        """What the system says of each file: when it was written and changed, its size, its number."""

    def sign(self, path: str) -> None:
        """Ask the system for what it says of a file."""
        sign = sign_of(path)
        if sign is not None:
            self.signs[path] = sign


def find(paths: Iterable[str], exclude: Iterable[str] = (), look: Look | None = None) -> Iterator[str | Unread]:
    """Yield the files to look at, each once: those named, and the Python files below the folders named.

    `exclude` are globs as `matches` takes them; they apply to what is found, not to what is named. A folder
    that cannot be listed is an `Unread`.
    """
    patterns = tuple(exclude)
    named = tuple(paths)
    roots = tuple(os.path.realpath(path) + os.sep for path in named)
    seen: set[str] = set()
    for path in named:
        for found in _walk(path, patterns, roots, look) if os.path.isdir(path) else (_slashed(path),):
            if len(named) > 1:
                key = os.path.normpath(found if isinstance(found, str) else found.path)
                if key in seen:
                    continue
                seen.add(key)
            if look is not None and isinstance(found, str):
                look.sign(found)
            yield found


def matches(path: str, pattern: str) -> bool:
    """Return whether the glob speaks of that file, wherever the path begins.

    `*` and `?` stay within one folder, `**` does not; a pattern that names a folder speaks of all files below
    it; a pattern that begins with a slash begins where the path begins.
    """
    return globs.matches(path.removeprefix("./"), pattern)


def read_source(path: str) -> Source | Unread:
    """Read and decode one file as Python does: byte order mark, PEP 263 comment, else UTF-8."""
    data = read(path)
    return data if isinstance(data, Unread) else decode(path, data)


def read(path: str) -> bytes | Unread:
    """Return the bytes of a regular file."""
    try:
        # Without O_NONBLOCK, opening a FIFO waits for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        return Unread(_slashed(path), _spoken(error))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Unread(_slashed(path), "it is not a regular file")
        data = os.read(descriptor, min(status.st_size, MOST_BYTES) + 1)
        if len(data) != status.st_size:  # it is being written, or its file system does not know its size
            with open(descriptor, "rb", closefd=False) as file:
                data += file.read(MOST_BYTES + 1 - len(data))
    except OSError as error:
        return Unread(_slashed(path), _spoken(error))
    finally:
        os.close(descriptor)
    return Unread(_slashed(path), f"it is larger than {MOST_BYTES // 2**20} MiB") if len(data) > MOST_BYTES else data


def decode(path: str, data: bytes) -> Source | Unread:
    """Return the text of Python source bytes."""
    encoding = _encoding(data)
    if isinstance(encoding, Exception):
        return Unread(_slashed(path), f"its encoding is not known to Python ({encoding})")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = _characters(before[before.rfind(b"\n") + 1 :], encoding) + 1
        return Unread(_slashed(path), f"it is not {encoding.removesuffix('-sig')}", line, column)
    except (LookupError, ValueError) as error:
        return Unread(_slashed(path), f"its encoding is not one of text ({error})")
    return Source(_slashed(path), data, text)


def _characters(data: bytes, encoding: str) -> int:
    try:
        return len(data.decode(encoding, "replace"))
    except ValueError:  # a codec that replaces nothing
        return len(data)


def parse(source: Source) -> ast.Module | Unread:
    """Return the syntax tree; what this Python cannot parse, newer syntax included, is `Unread`.

    One newer form is read by any Python, because it only leaves out parentheses: `except A, B:` (PEP 758).
    """
    if len(source.data) > MOST_PARSED_BYTES:
        return Unread(source.path, f"it is larger than {MOST_PARSED_BYTES // 2**20} MiB")
    tree = _parse(source, source.text)
    if isinstance(tree, Unread) and "parenthesized" in tree.reason:
        text = _UNPARENTHESIZED.sub(r"\1(\2)\3", source.text)
        again = _parse(source, text)
        return tree if isinstance(again, Unread) else again
    return tree


def _parse(source: Source, text: str) -> ast.Module | Unread:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # As `ast.parse` does it; the module `ast` is not needed for that.
            tree: ast.Module = compile(text, source.path, "exec", _ONLY_TREE, dont_inherit=True)
            return tree
    except SyntaxError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        reason = f"Python {version} cannot parse it ({error.msg})"
        return Unread(source.path, reason, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except (RecursionError, MemoryError):
        return Unread(source.path, "it is nested too deeply for Python's parser")
    except ValueError as error:
        return Unread(source.path, f"Python cannot parse it ({_spoken(error)})")


def is_deep(tree: ast.AST) -> bool:
    """Return whether a syntax tree has more levels than anybody writes."""
    import ast

    level = [tree]
    for _ in range(MOST_LEVELS):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return bool(level)


def is_text(data: bytes) -> bool:
    """Return whether Python could decode the source bytes."""
    if data.isascii() and b"coding" not in data[:1024]:
        return True
    return not isinstance(decode("", data), Unread)


def why_not_compiled(tree: ast.Module) -> str:
    """Return why Python refuses a tree that it has parsed, such as a `continue` outside loops; empty if it does not."""
    try:
        compile(tree, "<client>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"Python cannot compile it ({error.msg}, line {error.lineno})"
    except (RecursionError, MemoryError, ValueError):
        pass
    return ""


def mentions(data: bytes, words: Iterable[bytes]) -> bool:
    """Return whether any of the words stands in the data, in code or elsewhere."""
    return any(word in data for word in words)


def mentions_http(data: bytes) -> bool:
    """Return whether the file could send a request or look at an answer by itself."""
    return mentions(data, CLIENT_WORDS)


def unread_file(unread: Unread) -> Finding:
    """Return the finding that says so."""
    return Finding(
        rule="unread-file",
        message=f"the file cannot be checked: {unread.reason}",
        span=Span(unread.path, unread.line, unread.column, unread.line, unread.column + 1),
        catalogue="",
        operation="",
        statuses=(),
        confidence="high",
        url=rule_page("unread-file"),
    )


def _walk(root: str, exclude: tuple[str, ...], roots: tuple[str, ...], look: Look | None) -> Iterator[str | Unread]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=attrgetter("name"))
        except OSError as error:
            yield Unread(_slashed(folder), _spoken(error))
            continue
        if look is not None:
            look.listings[folder] = {entry.name: _is_folder(entry) for entry in entries}
        below = []
        for entry in entries:
            path = _slashed(entry.path)
            if exclude and any(matches(path, pattern) for pattern in exclude):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED_FOLDERS and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg")):
                    below.append(entry.path)
            elif entry.name.endswith(SUFFIXES) and _belongs(entry, roots):
                yield path
        folders.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link to itself; a name longer than the system takes.
        return False


def _belongs(entry: os.DirEntry[str], roots: tuple[str, ...]) -> bool:
    """Return whether a found name is a file of its own."""
    if entry.name.startswith(".#"):  # An Emacs lock: a symbolic link to nowhere.
        return False
    if not entry.is_symlink() or not os.path.exists(entry.path):
        return True
    # A link to a folder, or to a file that is found under its own name, is not.
    return not (_is_folder(entry) or os.path.realpath(entry.path).startswith(roots))


def _encoding(data: bytes) -> str | Exception:
    head = data[:1024]
    if b"coding" not in head:
        return "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8"
    from tokenize import detect_encoding  # Few files need it, and it costs 20 ms.

    lines = iter(head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=True)[:2])
    try:
        return detect_encoding(lambda: next(lines, b""))[0]
    except SyntaxError as error:
        # Bytes that are not UTF-8 within a file that says nothing else: let the decoder say where.
        return "utf-8" if "invalid or missing" in str(error) else error


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _spoken(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
