"""Work spread over processes: what the parts share is handed to each process once, results come back in order."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

_held: list[Callable[[object], object]] = []
"""What this process was started to do."""


def spread(
    function: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item], jobs: int
) -> list[Result]:
    """Return `function(shared, item)` for each item; in this process when there is one job, or one item.

    The function has to be one of a module. A process that dies (out of memory, killed) takes the run down with
    BrokenProcessPool: half a report would look like a whole one.
    """
    if jobs < 2 or len(items) < 2:
        return [function(shared, item) for item in items]
    from concurrent.futures import ProcessPoolExecutor  # 25 ms, which a small run does without
    from multiprocessing import get_context

    # A forked process has all modules and catalogues at once; elsewhere forking is not safe, or not there.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    held: Callable[[object], object] = partial(function, shared)
    with ProcessPoolExecutor(
        min(jobs, len(items)), context, initializer=_begin, initargs=(held, sys.getrecursionlimit())
    ) as pool:
        return list(pool.map(_do, items))  # type: ignore[arg-type]


def _begin(held: Callable[[object], object], recursion: int) -> None:
    _held.append(held)
    sys.setrecursionlimit(recursion)


def _do(item: object) -> object:
    return _held[-1](item)
