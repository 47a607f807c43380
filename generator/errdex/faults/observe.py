"""Run client code once and write down all that can be seen of it: where it went, how it ended, what it left.

The code runs under a line trace limited to its own files. Whatever differs from run to run without meaning (the
port, addresses of objects) and the number of the status itself are masked, so that two runs that differ only in
their status compare equal exactly when the code does the same in both.
"""

from __future__ import annotations

import asyncio
import contextlib
import dis
import inspect
import io
import logging
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from errdex.faults.mask import Mask
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType, FrameType, TracebackType
    from typing import SupportsIndex

    from _typeshed import TraceFunction

_RAISES = frozenset({dis.opmap["RAISE_VARARGS"], dis.opmap["RERAISE"]})


class Line(NamedTuple):
    """A line of client code that was run."""

    path: str
    line: int


class Passed(NamedTuple):
    """An exception that client code saw, caught or not."""

    kind: str
    """The name of its type."""
    library: bool
    """True when a library defines the type: what it is called then says nothing of the client."""
    line: Line
    """The innermost of the client's lines that it went through."""


class Behaviour(NamedTuple):
    """What one run of client code did."""

    ending: str
    """`returned`, `raised`, or `endless` when it did not end in time."""
    value: str
    """The value or the exception, in words, status masked."""
    carries: bool
    """True when the status can be read from the value or the exception."""
    uses_body: bool
    """True when text or numbers of the body are in the value or the effects."""
    lines: tuple[Line, ...]
    """Each line as it was run."""
    way: tuple[Line, ...]
    """The same, and the lines that calls returned to."""
    passed: tuple[Passed, ...]
    """The exceptions that came up in the client's frames, in order."""
    exit: Line
    """The last line, or the line that the exception left from."""
    deliberate: bool
    """True when a `raise` of the client's own ended it."""
    effects: tuple[str, ...]
    """Log records of the client's own, and what it printed, status masked."""
    slept: tuple[float, ...]
    """How long it meant to sleep each time, in seconds."""


class Client(NamedTuple):
    """Client code that can be run again and again."""

    files: Mapping[str, str]
    """Source text by absolute path: what is traced."""
    names: Mapping[str, str]
    """What to call each file in reports, by absolute path."""
    run: Callable[[], object]
    """Run it from the start; an awaitable that it returns is awaited."""


class TooLong(BaseException):
    """Client code did not end in time; no handler of its own should stop this."""


#: Seconds of computing that a run may take before `TooLong` ends it: only endless loops get there.
PATIENCE = 10.0


def observe(client: Client, status: int, sent: Callable[[], bytes]) -> Behaviour:
    """Run the client once, while the server answers `status`, and return what it did; `sent` tells the body then.

    Sleeping takes no time during the run. Exceptions that end the run, SystemExit included, are facts, not errors.
    """
    trace = _Trace(client)
    log = _Log(client)
    out = io.StringIO()
    value: object = None
    raised: BaseException | None = None
    with (
        _in_time(),
        _no_sleep() as slept,
        log.attached(),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        trace.on(),
    ):
        try:
            value = client.run()
            if inspect.isawaitable(value):
                value = asyncio.run(_await(value))
        except (Exception, SystemExit, TooLong) as error:  # noqa: BLE001 - what the code raises is what we are after
            raised = error
    mask = Mask(status, sent())
    effects = tuple(mask.text(line) for line in (*log.lines, *out.getvalue().splitlines()))
    said = mask.describe(value if raised is None else raised)
    exit_line, deliberate = trace.origin(raised) if raised is not None else (trace.last(), False)
    return Behaviour(
        ending="returned" if raised is None else "endless" if isinstance(raised, TooLong) else "raised",
        value=said,
        carries=mask.carries,
        uses_body=mask.uses_body,
        lines=tuple(trace.lines),
        way=tuple(trace.way),
        passed=tuple(trace.passed),
        exit=exit_line,
        deliberate=deliberate,
        effects=effects,
        slept=tuple(slept),
    )


async def _await(value: object) -> object:
    return await value if inspect.isawaitable(value) else value


class _Trace:
    """The lines that ran and the exceptions that passed, in the client's own files."""

    def __init__(self, client: Client) -> None:
        self.lines: list[Line] = []
        self.way: list[Line] = []
        self.passed: list[Passed] = []
        self._names = client.names
        self._last_error: BaseException | None = None

    @contextlib.contextmanager
    def on(self) -> Iterator[None]:
        before = sys.gettrace()
        sys.settrace(self._call)
        try:
            yield
        finally:
            sys.settrace(before)

    def last(self) -> Line:
        return self.lines[-1] if self.lines else Line("", 0)

    def origin(self, error: BaseException) -> tuple[Line, bool]:
        """Return the innermost own line of the traceback, and whether it is the client's own `raise`."""
        found = Line("", 0), False
        step: TracebackType | None = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_filename in self._names:
                deliberate = step.tb_next is None and _raises(code, step.tb_lasti)
                found = Line(self._names[code.co_filename], step.tb_lineno), deliberate
            step = step.tb_next
        return found

    def _call(self, frame: FrameType, event: str, arg: object) -> TraceFunction | None:  # noqa: ARG002
        return self._local if frame.f_code.co_filename in self._names else None

    def _local(self, frame: FrameType, event: str, arg: object) -> TraceFunction:
        if event == "line":
            self.lines.append(self._line(frame))
            self.way.append(self.lines[-1])
        elif event == "return":
            caller = frame.f_back
            while caller is not None and caller.f_code.co_filename not in self._names:
                caller = caller.f_back
            if caller is not None:
                self.way.append(self._line(caller))
        elif event == "exception" and isinstance(arg, tuple):
            kind, error = arg[0], arg[1]
            if error is not self._last_error and not issubclass(kind, (StopIteration, StopAsyncIteration)):
                self._last_error = error
                self.passed.append(Passed(kind.__qualname__, self._is_library(kind), self._line(frame)))
        return self._local

    def _is_library(self, kind: type[BaseException]) -> bool:
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        return file is not None and file not in self._names

    def _line(self, frame: FrameType) -> Line:
        return Line(self._names[frame.f_code.co_filename], frame.f_lineno)


def _raises(code: CodeType, offset: int) -> bool:
    return code.co_code[offset] in _RAISES


class _Log(logging.Handler):
    """The log records that the client's own files write; those of libraries name the status and mean nothing."""

    def __init__(self, client: Client) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._names = client.names

    @contextlib.contextmanager
    def attached(self) -> Iterator[None]:
        root = logging.getLogger()
        level = root.level
        root.addHandler(self)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.setLevel(level)
            root.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.pathname in self._names:
            self.lines.append(f"{record.levelname}: {record.getMessage()}")


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    """Raise TooLong in code that computes for longer than `PATIENCE`, and again each second if that is caught.

    Only a main thread can be interrupted, and not on Windows; elsewhere the code may take its time.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@contextlib.contextmanager
def _no_sleep() -> Iterator[list[float]]:
    """Let `time.sleep` and `asyncio.sleep` return at once, and note for how long they were asked to."""
    sleep, async_sleep = time.sleep, asyncio.sleep
    slept: list[float] = []

    def note(seconds: float | SupportsIndex) -> None:
        slept.append(float(seconds))

    async def at_once(delay: float, result: object = None) -> object:
        if delay:
            slept.append(delay)
        return await async_sleep(0, result)

    time.sleep = note
    asyncio.sleep = at_once  # type: ignore[assignment]
    try:
        yield slept
    finally:
        time.sleep, asyncio.sleep = sleep, async_sleep
