"""Edits of a text: stretches that are replaced, and where its lines come to stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable

    from errdex.lint.files import Source

_ENDING = re.compile(r"\r\n|\r|\n")
_LEAST_WIDTH, _MOST_WIDTH = 79, 120
"""Lines grow no longer than PEP 8's, or than the longest that the file has, up to a bound."""


class Edit(NamedTuple):
    """A stretch of a text, and what stands in its place."""

    start: int
    end: int
    text: str


class Draft:
    """The text of one client file, with the places of its lines."""

    __slots__ = ("lines", "newline", "path", "starts", "text", "tree", "width")

    def __init__(self, source: Source, tree: ast.Module) -> None:
        self.path = source.path
        self.text = source.text
        self.tree = tree
        self.lines = source.lines
        self.starts = [0, *(found.end() for found in _ENDING.finditer(self.text))]
        ending = _ENDING.search(self.text)
        self.newline = ending[0] if ending else "\n"
        self.width = max(_LEAST_WIDTH, min(_MOST_WIDTH, max(map(len, self.lines))))

    def offset(self, line: int, column: int) -> int:
        """Return the place of a syntax tree's line and column: columns count bytes of UTF-8."""
        text = self.lines[line - 1]
        inside = column if text.isascii() else len(text.encode("utf-8", "replace")[:column].decode("utf-8", "replace"))
        return self.starts[line - 1] + inside

    def source(self, node: ast.expr | ast.pattern) -> str:
        """Return how an expression is written."""
        return self.text[slice(*self.stretch(node))]

    def stretch(self, node: ast.expr | ast.pattern) -> tuple[int, int]:
        """Return where an expression begins and ends."""
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno or 0, node.end_col_offset or 0)

    def indent(self, line: int) -> str:
        """Return the white space that a line begins with."""
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip())]

    def fits(self, edits: Iterable[Edit]) -> bool:
        """Tell whether no line grows too long by edits within lines."""
        growth: dict[int, int] = {}
        for edit in edits:
            line = bisect_right(self.starts, edit.start)
            growth[line] = growth.get(line, 0) + len(edit.text) - (edit.end - edit.start)
        return all(len(self.lines[line - 1]) + more <= self.width for line, more in growth.items())

    def above(self, line: int, lines: Iterable[str]) -> Edit:
        """Return the edit that puts lines above a line; the line after the last stands for the end."""
        added = "".join(one + self.newline for one in lines)
        if line > len(self.lines) or (line == len(self.lines) and not self.lines[-1]):
            at_end = len(self.text)
            return Edit(at_end, at_end, added if self.text.endswith(("\n", "\r")) else self.newline + added)
        return Edit(self.starts[line - 1], self.starts[line - 1], added)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; they do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def moved(draft: Draft, edits: Iterable[Edit], line: int) -> int:
    """Return where a line of the draft stands once the edits are made."""
    start = draft.starts[min(line, len(draft.starts)) - 1]
    return line + sum(
        len(_ENDING.findall(edit.text)) - len(_ENDING.findall(draft.text[edit.start : edit.end]))
        for edit in edits
        if edit.end <= start
    )
