"""Work done elsewhere: on any executor of `concurrent.futures`, such as that of a dask cluster.

What the parts of a run share goes along with each task, as bytes that a worker unpacks once. Workers see the files
under the same paths as whoever starts the run, and have the same version of errdex installed. A worker that dies loses
nothing: the cluster gives its tasks to another one, and a result is taken once.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from errdex import __version__
from errdex.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor

Shared = TypeVar("Shared")
Item = TypeVar("Item")
Result = TypeVar("Result")

#: Tasks of one call, at most: each costs the scheduler a few milliseconds.
_MOST_TASKS = 200
#: For how long a scheduler may not answer.
_SECONDS = 10

_unpacked: dict[bytes, Any] = {}
"""What this worker was last given, by its bytes."""


@contextmanager
def opened(address: str) -> Iterator[Executor | None]:
    """Give the executor at an address, `dask://host:port`; None for no address."""
    if not address:
        yield None
        return
    scheme, separator, place = address.partition("://")
    if scheme != "dask" or not separator or not place:
        raise UsageError(f"the executor {address!r} is not known: dask://HOST:PORT is")
    try:
        import distributed
    except ImportError:
        raise UsageError("dask is not installed: pip install 'errdex[dask]'") from None
    connect: Any = distributed.Client
    try:
        client = connect(f"tcp://{place}", timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"no dask scheduler answers at {place}: {error}") from None
    try:
        yield client.get_executor(pure=False)
    finally:
        client.close()


def spread_on(
    executor: Executor, function: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]
) -> list[Result]:
    """Return `function(shared, item)` for each item, in their order, however many workers die meanwhile."""
    packed = pickle.dumps((function, shared))
    size = -(-len(items) // _MOST_TASKS) or 1
    batches = [list(items[start : start + size]) for start in range(0, len(items), size)]
    futures = [executor.submit(_do, __version__, os.getcwd(), packed, batch) for batch in batches]
    return [result for future in futures for result in future.result()]


def _do(version: str, folder: str, packed: bytes, items: Sequence[Any]) -> list[Any]:
    """Do a batch, in a worker."""
    if version != __version__:
        raise UsageError(f"a worker has errdex {__version__}, not {version}")
    os.chdir(folder)
    if packed not in _unpacked:
        _unpacked.clear()
        _unpacked[packed] = pickle.loads(packed)  # noqa: S301  # from whoever may run anything here anyway
    function, shared = _unpacked[packed]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 20_000))
    return [function(shared, item) for item in items]
