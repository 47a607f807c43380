"""Work spread over processes: what the parts share is handed to each process once, results come back in order."""

from __future__ import annotations

import sys
from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    Shared = TypeVar("Shared")
    Item = TypeVar("Item")
    Result = TypeVar("Result")

_held: list[Callable[[object], object]] = []
"""What this process was started to do."""


def spread(
    function: Callable[[Shared, Item], Result],
    shared: Shared,
    items: Sequence[Item],
    jobs: int,
    tell: Callable[[int, int], None] | None = None,
) -> list[Result]:
    """Return `function(shared, item)` for each item; in this process when there is one job, or one item.

    `tell` is told after each how many are done, of how many.

    The function has to be one of a module. A process that dies (out of memory, killed) takes the run down with
    BrokenProcessPool: half a report would look like a whole one.
    """
    if jobs < 2 or len(items) < 2:
        return list(_told((function(shared, item) for item in items), len(items), tell))
    from concurrent.futures import ProcessPoolExecutor  # 25 ms, which a small run does without
    from multiprocessing import get_context

    # A forked process has all modules and catalogues at once; elsewhere forking is not safe, or not there.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    held: Callable[[object], object] = partial(function, shared)
    with ProcessPoolExecutor(
        min(jobs, len(items)), context, initializer=_begin, initargs=(held, sys.getrecursionlimit())
    ) as pool:
        return list(_told(pool.map(_do, items), len(items), tell))  # type: ignore[arg-type]


def _told(results: Iterable[Result], total: int, tell: Callable[[int, int], None] | None) -> Iterator[Result]:
    for done, result in enumerate(results, 1):
        if tell is not None:
            tell(done, total)
        yield result


def _begin(held: Callable[[object], object], recursion: int) -> None:
    _held.append(held)
    sys.setrecursionlimit(recursion)


def _do(item: object) -> object:
    return _held[-1](item)
