"""A bar on standard error while work takes longer than a second, for people at a terminal; gone when the work is done.

It is drawn by a timer of the process, in between what the process does anyway: without threads, which would not go
together with processes that copy themselves, and without a word from most of what takes its time.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

FIRST = 1.0
"""Seconds before the bar is there."""
EACH = 0.1
CELLS = 24


class _Bar:
    """What is on the terminal."""

    title = ""
    """Empty when there is no bar to be drawn."""
    done = 0
    total = 0
    """0 when nobody has said how much there is to do."""
    shown = False
    started = 0.0


_BAR = _Bar()


def start(title: str) -> None:
    """Draw a bar from one second on, if standard error is a terminal that can take it back."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return
    import signal

    if not hasattr(signal, "setitimer"):
        return
    try:
        signal.signal(signal.SIGALRM, _draw)
    except ValueError:  # not the main thread
        return
    _BAR.title, _BAR.done, _BAR.total, _BAR.started = title, 0, 0, time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, FIRST, EACH)


def tell(done: int, total: int) -> None:
    """Say how much of the work is done."""
    _BAR.done, _BAR.total = done, total


def hide() -> None:
    """Take the bar off the terminal, where something else is about to be written; it comes back if work goes on."""
    if _BAR.shown:
        _BAR.shown = False
        _write("\r\x1b[K")


def stop() -> None:
    """Take the bar off for good."""
    if _BAR.title:
        import signal

        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _BAR.title = ""
    hide()


def bar(title: str, done: int, total: int, seconds: float, columns: int) -> str:
    """Return what the bar looks like; of work without a known end, a piece of it goes to and fro."""
    cells = max(min(CELLS, columns - len(title) - 12), 0)
    if total:
        full = cells * min(done, total) // total
        return f"{title} [{'#' * full}{'-' * (cells - full)}] {done}/{total}"[: columns - 1]
    piece = max(cells // 4, 1)
    way = max(cells - piece, 1)
    at = way - abs(int(seconds * 8) % (2 * way) - way)
    return f"{title} [{'-' * at}{'#' * piece}{'-' * (cells - piece - at)}]"[: columns - 1]


def _draw(_number: int, _frame: FrameType | None) -> None:
    from errdex.cli.terminal import width

    if _BAR.title:
        _BAR.shown = True
        line = bar(_BAR.title, _BAR.done, _BAR.total, time.monotonic() - _BAR.started, width(sys.stderr))
        _write(f"\r{line}\x1b[K")


def _write(text: str) -> None:
    """Write past the buffers of `sys.stderr`, in which something may be under way."""
    try:
        os.write(sys.stderr.fileno(), text.encode())
    except (OSError, ValueError):
        _BAR.title = ""
