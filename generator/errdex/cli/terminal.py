"""What a terminal is shown: nothing that could command it, colour where it is wanted, lines that fit."""

from __future__ import annotations

import os
import sys

from errdex.cli import progress
from errdex.lint.reports.visible import inert, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from errdex.errors import Problem

__all__ = [
    "bold",
    "inert",
    "is_coloured",
    "print_problems",
    "problem_lines",
    "say",
    "visible",
    "width",
    "write_commands",
    "write_text",
]

NARROWEST = 40
"""Columns; below that, wrapping is left to the terminal."""


def is_coloured(stream: TextIO) -> bool:
    """Tell whether to colour what goes to the stream: NO_COLOR and FORCE_COLOR decide, else the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def width(stream: TextIO) -> int:
    """Return the columns of the stream's terminal: COLUMNS, else the terminal's own word, else 80."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(int(asked), NARROWEST)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns or 80, NARROWEST)
    except (OSError, ValueError):
        return 80


def bold(text: str, *, coloured: bool) -> str:
    """Return the text in bold type, or as it is."""
    return f"\x1b[1m{text}\x1b[0m" if coloured else text


def problem_lines(problem: Problem, *, coloured: bool = False, columns: int = 80) -> Iterator[str]:
    """Yield the lines that show one problem: `file:line:column: message`, the source line, a caret."""
    from errdex.lint.report import Span
    from errdex.lint.reports.context import Context
    from errdex.lint.reports.full import snippet

    path, line, column = problem.location
    yield f"{bold(visible(f'{problem.location}:'), coloured=coloured)} {visible(problem.message)}"
    if line:
        context = Context(lines=lambda _: [""] * (line - 1) + [problem.source], colour=coloured, width=columns)
        yield from snippet(Span(path, line, column, line, column + problem.length), context)


def say(*lines: str, stream: TextIO | None = None) -> None:
    """Print lines that may hold any text, and see that they get there: another program may be next."""
    progress.hide()
    for line in lines:
        print(inert(visible(line)), file=stream or sys.stdout, flush=True)


def print_problems(problems: Iterable[Problem]) -> None:
    """Write each problem with its line and a caret to standard error."""
    progress.hide()
    coloured, columns = is_coloured(sys.stderr), width(sys.stderr)
    for problem in problems:
        for line in problem_lines(problem, coloured=coloured, columns=columns):
            print(inert(line), file=sys.stderr)


def write_commands(text: str) -> None:
    """Write workflow commands: as they are for a runner, which finds files by them, printable for anybody else."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        text = "".join(f"{visible(line)}\n" for line in text.split("\n")[:-1])
    write_text(text)


def write_text(text: str, stream: TextIO | None = None) -> None:
    """Write a product or a report: UTF-8 whatever the locale says; what has no UTF-8 form is written out."""
    progress.hide()
    stream = stream or sys.stdout
    data = text.encode("utf-8", "backslashreplace")
    if hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    else:  # a test's or a notebook's stand-in for standard output
        stream.write(data.decode("utf-8"))
