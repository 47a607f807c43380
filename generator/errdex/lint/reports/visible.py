"""Text of unknown origin, fit for a terminal: every character that does not print is spelled out.

File names and source lines can hold escape sequences, line breaks and marks that reorder text; none of them may
act on the reader's terminal or forge a line of output. In a log of GitHub Actions or Azure Pipelines, lines of a
certain form are commands, whoever prints them: no line of a report has that form by what a file holds.
"""

from __future__ import annotations

import re

_RUNNERS = re.compile(r"^([ \t]*):(?=:)|#(?=#(?:vso)?\[)", re.MULTILINE)
"""`::name` at the start of a line, `##[name` and `##vso[name` anywhere in it (actions/runner, ActionCommand.cs)."""


def visible(text: str) -> str:
    """Return the text with every character outside `str.isprintable` spelled out as Python does."""
    return text if text.isprintable() else "".join(map(_cell, text))


def inert(text: str) -> str:
    """Return printed lines with the first character spelled out of what a runner of workflows takes for a command."""
    return _RUNNERS.sub(_spelled, text)


def cells(line: str) -> list[tuple[str, int]]:
    """Return for each character of a source line what to print and how many columns that takes; a tab takes 4."""
    if line.isascii() and line.isprintable():
        return [(character, 1) for character in line]
    return [("    ", 4) if character == "\t" else (cell := _cell(character), _columns(cell)) for character in line]


def whole(text: str) -> str:
    """Return the text with `?` for each lone surrogate (an undecodable byte of a file name): no UTF-8 can hold one."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _spelled(match: re.Match[str]) -> str:
    return r"\x23" if match[0] == "#" else rf"{match[1]}\x3a"


def _cell(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def _columns(cell: str) -> int:
    if len(cell) > 1:
        return len(cell)
    import unicodedata  # few lines need it

    if unicodedata.combining(cell):
        return 0
    return 2 if unicodedata.east_asian_width(cell) in "WF" else 1
