"""Interrupts: where a run may be stopped, and how it says that it was."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Terminated(BaseException):
    """SIGTERM came; raised where the run is, so that it cleans up behind itself."""


def raise_on_terminate() -> None:
    """From here on SIGTERM unwinds the run as SIGINT does."""
    _handle(signal.SIGTERM, _terminate)


@contextmanager
def held_back() -> Iterator[None]:
    """Let SIGINT and SIGTERM wait until the block is done, then deliver what came."""
    came: list[signal.Signals] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        came.append(signal.Signals(number))

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        _handle(number, remember)
    try:
        yield
    finally:
        for number, handler in before.items():
            _handle(number, handler)
    for number in came[:1]:
        os.kill(os.getpid(), number)


def die_of(stop: BaseException) -> None:
    """End the process as the signal behind the exception would have, so that whoever started it can tell."""
    number = {KeyboardInterrupt: signal.SIGINT, Terminated: signal.SIGTERM}.get(type(stop))
    if number is not None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Terminated


def _handle(number: int, handler: object) -> None:
    """Set the handler; from a thread other than the main one nothing can be set, and nothing is interrupted there."""
    with suppress(ValueError):
        signal.signal(number, handler)  # type: ignore[arg-type]
