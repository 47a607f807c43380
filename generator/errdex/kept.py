"""Files that a run keeps for later runs: whole and of this errdex, or as good as absent; what goes wrong is no error.

The first line names what the file holds and what made it, its length and its checksum; what follows is for whoever
wrote it to read, and is not pickled: a file that somebody else has put there can say something wrong, it cannot do
anything.
"""

from __future__ import annotations

import json
import os
import stat
import zlib

from errdex import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

try:  # hashlib brings OpenSSL along: 3 ms more to start
    from _blake2 import blake2b
except ImportError:  # pragma: no cover  # a Python that was built without its own hashes
    from hashlib import blake2b

Sign = tuple[int, int, int, int]
"""What the system says of a file: when it was written and changed, its size, its number."""

SETTLED = 2_100_000_000
"""How long a file has to be left alone before what the system says of it is believed, in nanoseconds: two writes within
one tick of a file system's clock look alike, and the coarsest clocks count in twos."""
MAX_BYTES = 256 * 1024 * 1024
"""No more than this is kept in one file, or read to tell whether it has changed."""


_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Whoever opens a named pipe does not wait for somebody at its other end."""


def digest(data: bytes) -> str:
    """Return what stands for the data."""
    return blake2b(data, digest_size=16).hexdigest()


def mark_of(digests: Mapping[str, str]) -> str:
    """Return what stands for files, by what stands for each; nothing for none."""
    return digest(repr(sorted(digests.items())).encode("utf-8", "surrogatepass")) if digests else ""


def roots(path: str) -> Iterator[str]:
    """Yield the files that make up a path: itself, or what may be a source in a folder."""
    if not os.path.isdir(path):
        yield path
        return
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return
    yield from (os.path.join(path, name) for name in names if name.endswith((".yaml", ".yml", ".json")))


def sign_of(path: str) -> Sign | None:
    """Return what the system says of a file, None when there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def header(kind: str, payload: bytes) -> bytes:
    """Return the first line of a kept file."""
    # It is to tell a file that was damaged or cut off, for which a digest of 20 MB takes five times as long.
    return f"errdex {kind} {__version__} {len(payload)} {zlib.crc32(payload):08x}\n".encode()


def read_kept(path: str, kind: str) -> bytes | None:
    """Return what was kept, None when there is no such file, or not a whole one of that kind and this version."""
    try:
        with open(os.open(path, _READING), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            first = file.readline(400)
            payload = file.read(MAX_BYTES)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    return payload if first == header(kind, payload) else None


def recall(path: str, kind: str) -> Any:  # noqa: ANN401 -- JSON, which whoever asks has to look at
    """Return the JSON that was kept, None when there is none."""
    payload = read_kept(path, kind)
    try:
        return None if payload is None else json.loads(payload)
    except (ValueError, RecursionError):
        return None  # whole and yet not ours: written by somebody else


def made_of(text: str, path: str, kind: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what is made of a text, kept as JSON where there is a path and JSON has a form for it."""
    mark = digest(text.encode()) if path else ""
    match recall(path, kind) if path else None:
        case [known, value] if known == mark:
            return value
        case _:
            made = make()
    if path and made is not None:
        try:
            payload = json.dumps([mark, made]).encode()
        except (TypeError, ValueError, RecursionError):  # a date; a number of more digits than Python writes
            return made
        write_kept(path, kind, payload)
    return made


def write_kept(path: str, kind: str, payload: bytes, *, unversioned: bool = True) -> None:
    """Keep the payload, whole or not at all; runs at the same time each write a file of their own first.

    The folder is kept out of version control, unless it is known to be. Through a folder that is a link nothing is
    kept: it came with the files that are looked at, and may lead anywhere.
    """
    folder = os.path.dirname(path)
    if os.path.islink(folder):
        return
    temporary = f"{path}.{os.urandom(8).hex()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if unversioned:
            _mark(folder)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(header(kind, payload))
                file.write(payload)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
    except (OSError, ValueError):
        return


def _mark(folder: str) -> None:
    """Keep the folder out of version control."""
    try:
        with open(os.path.join(folder, ".gitignore"), "x", encoding="utf-8") as file:
            file.write("*\n")
    except FileExistsError:
        return
