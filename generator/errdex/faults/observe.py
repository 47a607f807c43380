"""Run client code once and write down all that can be seen of it: where it went, how it ended, what it left.

The code runs under a line trace limited to its own files. Whatever differs from run to run without meaning (the
port, addresses of objects) and the number of the status itself are masked, so that two runs that differ only in
their status compare equal exactly when the code does the same in both.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import dis
import inspect
import io
import logging
import re
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType, FrameType, TracebackType

    from _typeshed import TraceFunction

_RAISES = frozenset({dis.opmap["RAISE_VARARGS"], dis.opmap["RERAISE"]})
_STATUS_ATTRIBUTES = ("status_code", "status", "code", "http_status", "response")


class Line(NamedTuple):
    """A line of client code that was run."""

    path: str
    line: int


class Behaviour(NamedTuple):
    """What one run of client code did."""

    ending: str
    """`returned` or `raised`."""
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
    passed: tuple[str, ...]
    """Types of the exceptions that went through the client's frames, in order."""
    exit: Line
    """The last line, or the line that the exception left from."""
    deliberate: bool
    """True when a `raise` of the client's own ended it."""
    effects: tuple[str, ...]
    """Log records of the client's own, and what it printed, status masked."""


class Client(NamedTuple):
    """Client code that can be run again and again."""

    files: Mapping[str, str]
    """Source text by absolute path: what is traced."""
    names: Mapping[str, str]
    """What to call each file in reports, by absolute path."""
    run: Callable[[], object]
    """Run it from the start; an awaitable is awaited."""


def observe(client: Client, status: int, body: bytes) -> Behaviour:
    """Run the client once, while the server answers `status` with `body`, and return what it did.

    Sleeping takes no time during the run. Exceptions that end the run, SystemExit included, are facts, not errors.
    """
    trace = _Trace(client)
    log = _Log(client)
    out = io.StringIO()
    value: object = None
    raised: BaseException | None = None
    with _no_sleep(), log.attached(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), trace.on():
        try:
            value = client.run()
            if inspect.isawaitable(value):
                value = asyncio.run(_await(value))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - what the code raises is what we are after
            raised = error
    mask = Mask(status, body)
    effects = tuple(mask.text(line) for line in (*log.lines, *out.getvalue().splitlines()))
    said = mask.describe(value if raised is None else raised)
    exit_line, deliberate = trace.origin(raised) if raised is not None else (trace.last(), False)
    return Behaviour(
        ending="returned" if raised is None else "raised",
        value=said,
        carries=mask.carries,
        uses_body=mask.uses_body,
        lines=tuple(trace.lines),
        way=tuple(trace.way),
        passed=tuple(trace.passed),
        exit=exit_line,
        deliberate=deliberate,
        effects=effects,
    )


async def _await(value: object) -> object:
    return await value if inspect.isawaitable(value) else value


class _Trace:
    """The lines that ran and the exceptions that passed, in the client's own files."""

    def __init__(self, client: Client) -> None:
        self.lines: list[Line] = []
        self.way: list[Line] = []
        self.passed: list[str] = []
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
            self.lines.append(Line(self._names[frame.f_code.co_filename], frame.f_lineno))
            self.way.append(self.lines[-1])
        elif event == "return":
            caller = frame.f_back
            while caller is not None and caller.f_code.co_filename not in self._names:
                caller = caller.f_back
            if caller is not None:
                self.way.append(Line(self._names[caller.f_code.co_filename], caller.f_lineno))
        elif event == "exception" and isinstance(arg, tuple):
            kind, error = arg[0], arg[1]
            if error is not self._last_error and not issubclass(kind, (StopIteration, StopAsyncIteration)):
                self._last_error = error
                self.passed.append(kind.__qualname__)
        return self._local


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
def _no_sleep() -> Iterator[None]:
    """Let `time.sleep` and `asyncio.sleep` return at once: clients that wait before they try again are the point."""
    sleep, async_sleep = time.sleep, asyncio.sleep

    async def at_once(delay: float, result: object = None) -> object:  # noqa: ARG001
        return await async_sleep(0, result)

    time.sleep = lambda _: None
    asyncio.sleep = at_once  # type: ignore[assignment]
    try:
        yield
    finally:
        time.sleep, asyncio.sleep = sleep, async_sleep


class Mask:
    """Describe values without the status in them, and remember whether it, or the body, was there."""

    def __init__(self, status: int, body: bytes) -> None:
        self.carries = False
        self.uses_body = False
        self._status = status
        self._number = re.compile(rf"(?<!\d){status}(?!\d)")
        self._marks = {word for word in re.findall(rb"[A-Za-z0-9 -]{4,}", body) if not word.isspace()}

    def text(self, text: str) -> str:
        """Return the text with the status, ports and addresses taken out."""
        if any(mark.decode() in text for mark in self._marks):
            self.uses_body = True
        text = re.sub(r"127\.0\.0\.1:\d+|port=\d+|0x[0-9a-f]{6,}", "*", text)
        return self._number.sub("<status>", text)

    def describe(self, value: object, depth: int = 4) -> str:
        """Return the value in words, the same for the same value whatever the run."""
        if isinstance(value, bool) or value is None:
            return repr(value)
        if isinstance(value, int):
            return self._int(value)
        if isinstance(value, (str, bytes)):
            text = value.decode(errors="replace") if isinstance(value, bytes) else value
            if self._number.fullmatch(text):
                self.carries = True
            return repr(self.text(text))
        if isinstance(value, float):
            return repr(value)
        name = type(value).__qualname__
        if depth == 0:
            return name
        if isinstance(value, dict):
            pairs = (
                f"{self.describe(key, depth - 1)}: {self.describe(item, depth - 1)}" for key, item in value.items()
            )
            return f"{name}({', '.join(pairs)})"
        if isinstance(value, (list, tuple)):
            return f"{name}({', '.join(self.describe(item, depth - 1) for item in value)})"
        if isinstance(value, (set, frozenset)):
            return f"{name}({', '.join(sorted(self.describe(item, depth - 1) for item in value))})"
        return self._object(value, name, depth)

    def _int(self, value: int) -> str:
        if value == self._status:
            self.carries = True
            return "<status>"
        return self.text(repr(int(value)))

    def _object(self, value: object, name: str, depth: int) -> str:
        """Name a response or an exception by its type and whether it carries the status, the rest by their fields."""
        carries = self._has_status(value)
        if isinstance(value, BaseException):
            if carries or self._number.search(str(value)) or self._chain_carries(value):
                self.carries = True
            inner = getattr(value, "exceptions", ())
            groups = "".join(f", {self.describe(one, depth - 1)}" for one in inner)
            own = self.text(str(value)) if not type(value).__module__.startswith(_LIBRARIES) else ""
            return f"{name}({own!r}{groups})"
        if carries and _is_response(value):
            self.carries = True
            return f"{name}(<status>)"
        fields = getattr(value, "__dict__", None)
        if not isinstance(fields, dict) or type(value).__module__.startswith(_LIBRARIES):
            return name
        return f"{name}({', '.join(f'{key}={self.describe(item, depth - 1)}' for key, item in sorted(fields.items()))})"

    def _has_status(self, value: object) -> bool:
        for attribute in _STATUS_ATTRIBUTES:
            found = inspect.getattr_static(value, attribute, None)
            if found is None:
                continue
            with contextlib.suppress(Exception):
                found = getattr(value, attribute)
                if found == self._status or (attribute == "response" and found is not None and self._has_status(found)):
                    return True
        return False

    def _chain_carries(self, error: BaseException) -> bool:
        seen = error.__cause__ or error.__context__
        steps = 0
        while seen is not None and steps < 8:
            if self._has_status(seen) or self._number.search(str(seen)):
                return True
            seen, steps = seen.__cause__ or seen.__context__, steps + 1
        return False


#: Their messages hold the reason phrase, the URL and addresses; their types say enough.
_LIBRARIES = ("requests.", "urllib3.", "httpx", "aiohttp.", "urllib.", "http.", "tenacity", "json.", "niquests.")


def _is_response(value: object) -> bool:
    return hasattr(value, "headers")


class Passages(NamedTuple):
    """Lines that say nothing about what becomes of a response."""

    always: frozenset[int]
    """Lines of `finally` bodies and of `with` statements: they run on every way out."""
    loops: frozenset[int]
    """Heads of loops: running one again begins something new."""


def passages(source: str) -> Passages:
    """Return the lines of the source that run on every way out, and the heads of its loops."""
    always: set[int] = set()
    loops: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Try, ast.TryStar)):
            for statement in node.finalbody:
                always.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            always.update(range(node.lineno, node.body[0].lineno))
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            loops.update(range(node.lineno, node.body[0].lineno))
    return Passages(frozenset(always), frozenset(loops))
