r"""What a terminal is shown: nothing that could command it, colour where it is wanted, lines that fit.

Text from files (names, source lines, catalogue prose) is data. Whatever is not a glyph is written out, such as
`\x1b`, so that a file name can neither move the cursor nor hide a finding.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from errdex.errors import Problem

Style = Literal["bold", "red", "green", "yellow", "cyan", "faint"]
STYLES: dict[Style, str] = {
    "bold": "1",
    "red": "1;31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
    "faint": "2",
}
NARROWEST = 40
"""Columns; below that, wrapping is left to the terminal."""


def visible(text: str) -> str:
    """Return the text with every character that is not a glyph or a space written out."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )


def visible_line(line: str) -> str:
    """Return a line of a file as it can be shown: tabs as four spaces, the rest as `visible`."""
    return visible(line.replace("\t", "    "))


def columns(text: str) -> int:
    """Return how many columns of a terminal the text takes (East Asian wide characters take two)."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


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


def styled(text: str, style: Style, *, coloured: bool) -> str:
    """Return the text in that style, or as it is."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if coloured else text


def problem_lines(problem: Problem, *, coloured: bool = False, columns_wide: int = 80) -> Iterator[str]:
    """Yield the lines that show one problem: `file:line:column: message`, the source line, a caret."""
    place = styled(visible(str(problem.location)), "bold", coloured=coloured)
    message = styled(visible(problem.message), "red", coloured=coloured)
    yield f"{place}: {message}"
    if not problem.source.strip() or problem.location.column < 1:
        return
    start = problem.location.column - 1
    before = visible_line(problem.source[:start])
    marked = visible_line(problem.source[start : start + max(problem.length, 1)])
    after = visible_line(problem.source[start + max(problem.length, 1) :])
    gutter = f"{problem.location.line:>5} | "
    before, marked, after = _cropped(before, marked, after, columns_wide - len(gutter))
    yield styled(gutter, "faint", coloured=coloured) + before + marked + after
    caret = "^" * max(columns(marked), 1)
    blank = f"{'':>5} | "
    yield styled(blank, "faint", coloured=coloured) + " " * columns(before) + styled(caret, "red", coloured=coloured)


def print_problems(problems: Iterable[Problem]) -> None:
    """Write each problem with its line and a caret to standard error."""
    coloured, columns_wide = is_coloured(sys.stderr), width(sys.stderr)
    for problem in problems:
        for line in problem_lines(problem, coloured=coloured, columns_wide=columns_wide):
            print(line, file=sys.stderr)


def _cropped(before: str, marked: str, after: str, room: int) -> tuple[str, str, str]:
    """Return the three parts of a line with as much cut off as it takes to fit, the marked part last."""
    if columns(before + marked + after) <= room:
        return before, marked, after
    marked = marked if len(marked) <= room // 2 else marked[: room // 2]
    lead = (room - len(marked)) // 2
    if len(before) > lead:
        before = "..." + before[len(before) - lead + 3 :]
    return before, marked, after[: max(room - columns(before + marked), 0)]


def write_text(text: str, stream: TextIO | None = None) -> None:
    """Write a product or a report: UTF-8 whatever the locale says; what has no UTF-8 form is written out."""
    stream = stream or sys.stdout
    data = text.encode("utf-8", "backslashreplace")
    if hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    else:  # a test's or a notebook's stand-in for standard output
        stream.write(data.decode("utf-8"))
