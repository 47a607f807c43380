"""The snippets of a Markdown page: small projects of client code, each with the catalogue that it is checked against.

- A Python block is a project of one file; the blocks of one section with a `title="x.py"` are one project of several.
- A YAML block that begins with `catalogue: 1` is the catalogue for the rest of the page.
- `<!-- errdex check --strict -->` speaks of the next block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = re.compile(
    r"^(?:<!-- errdex check(?P<options>[^>]*)-->\s*)?"
    r'^```(?P<language>python|yaml)(?: title="(?P<title>[^"]+)")?\n'
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Snippet(NamedTuple):
    """A small project on a page."""

    section: str
    """The text of the `##` heading above it."""
    line: int
    """Of the page, 1-based: where its first block begins."""
    files: tuple[tuple[str, str], ...]
    """(name, text)."""
    catalogue: str
    """The text of the page's own catalogue; empty for the project's."""
    strict: bool


def snippets(page: str) -> Iterator[Snippet]:
    """Yield the snippets of a page, in order."""
    catalogue = ""
    for section, start in _sections(page):
        named: list[Snippet] = []
        for block in _BLOCK.finditer(section):
            line = page.count("\n", 0, start + block.start("text"))
            if block["language"] == "yaml":
                catalogue = block["text"] if block["text"].startswith("catalogue: 1") else catalogue
                continue
            strict = "--strict" in (block["options"] or "")
            name = block["title"] or "client.py"
            snippet = Snippet(section[3:].partition("\n")[0], line, ((name, block["text"]),), catalogue, strict)
            if block["title"]:
                named.append(snippet)
            else:
                yield snippet
        if named:
            yield named[0]._replace(files=tuple(file for one in named for file in one.files))


def _sections(page: str) -> Iterator[tuple[str, int]]:
    starts = [match.start() for match in re.finditer(r"^## ", page, re.MULTILINE)]
    for start, end in zip(starts, [*starts[1:], len(page)], strict=True):
        yield page[start:end], start
