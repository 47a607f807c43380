"""Output folders: what stands in them, what of it is ours, and how one takes the place of another."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from errdex.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MANIFEST = ".errdex-manifest"
"""The file in an output folder that lists what errdex put there, a path a line."""
AT_ONCE = 8
"""Files that are flushed at a time."""
NO_SWAP = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM})
"""How file systems say that they cannot swap two folders."""


def read_manifest(folder: str) -> frozenset[str]:
    """Return the paths below the folder that errdex put there."""
    path = os.path.join(folder, MANIFEST)
    if not os.path.isfile(path):
        return frozenset()
    with open(path, encoding="utf-8", errors="surrogateescape") as stream:
        names = stream.read().splitlines()
    return frozenset(name for name in names if name and not os.path.isabs(name) and ".." not in name.split("/"))


def write_manifest(folder: str, names: frozenset[str]) -> None:
    """List the paths below the folder that errdex puts there."""
    with open(os.path.join(folder, MANIFEST), "w", encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
        stream.writelines(f"{name}\n" for name in sorted(names))
        stream.flush()
        os.fsync(stream.fileno())


def is_ours(folder: str) -> bool:
    """Tell whether errdex has written the folder, or there is nothing in it yet."""
    return os.path.exists(os.path.join(folder, MANIFEST)) or not os.path.isdir(folder) or not os.listdir(folder)


def files_below(folder: str) -> Iterator[str]:
    """Yield the path of everything below the folder but folders and the manifest; links are not followed."""
    pending = [""]
    while pending:
        below = pending.pop()
        with suppress(FileNotFoundError), os.scandir(os.path.join(folder, below)) as entries:
            for entry in entries:
                name = f"{below}/{entry.name}" if below else entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append(name)
                elif name != MANIFEST:
                    yield name


def same(one: str, other: str) -> bool:
    """Tell whether both are regular files with the same bytes."""
    try:
        modes = [os.lstat(path).st_mode for path in (one, other)]
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not all(map(stat.S_ISREG, modes)) or os.path.getsize(one) != os.path.getsize(other):
        return False
    with open(one, "rb") as left, open(other, "rb") as right:
        return left.read() == right.read()


def give_second_name(source: str, place: str) -> None:
    """Make what stands at `source` stand at `place` too: the same inode, or a copy where that cannot be had."""
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if os.path.lexists(place):
            os.unlink(place)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise UsageError(f"{source} is in the way: move it away, or name another folder") from error
    try:
        os.link(source, place, follow_symlinks=False)
    except OSError:
        import shutil

        shutil.copy2(source, place, follow_symlinks=False)


def exchange(ready: str, target: str, seen: frozenset[str]) -> None:
    """Put the folder `ready` in the place of `target`."""
    try:
        if not os.path.lexists(target):
            os.rename(ready, target)
            return
        _swap(ready, target)
    except OSError as error:
        if error.errno not in NO_SWAP:
            raise
        _replace_one_by_one(ready, target, seen)
        return
    for name in set(files_below(ready)) - seen:  # somebody put it there while we were at work
        with suppress(OSError):
            os.makedirs(os.path.dirname(os.path.join(target, name)), exist_ok=True)
            os.rename(os.path.join(ready, name), os.path.join(target, name))


def flush(path: str) -> None:
    """Have the system write a file or a folder's names to the disk."""
    with suppress(OSError):  # not every system flushes folders, or files that it may only read
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def flush_all(paths: Sequence[str]) -> None:
    """Have the system write many files to the disk, some at a time.

    A disk takes in what waits for it together: one after the other, the files of a large module take ten times as long.
    """
    pending = [*paths]
    if len(pending) <= AT_ONCE:
        for path in pending:
            flush(path)
        return
    import threading

    def flush_pending() -> None:
        with suppress(IndexError):
            while True:
                flush(pending.pop())

    threads = [threading.Thread(target=flush_pending) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _swap(one: str, other: str) -> None:
    """Swap two folders in one step; OSError where the system or the file system cannot."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    exchange = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
    if hasattr(libc, "renameat2"):
        current_folder = -100  # AT_FDCWD
        failed = libc.renameat2(current_folder, names[0], current_folder, names[1], exchange)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*names, exchange)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), other)


def _replace_one_by_one(ready: str, target: str, seen: frozenset[str]) -> None:
    """Move each file from `ready` to `target`, then remove what only the old folder had."""
    new = sorted(files_below(ready))
    for name in [*new, MANIFEST]:
        place = os.path.join(target, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        os.replace(os.path.join(ready, name), place)
    for name in seen.difference(new):
        with suppress(OSError):
            os.unlink(os.path.join(target, name))
