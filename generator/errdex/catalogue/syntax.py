"""What libyaml finds wrong with a text, in words for people who write catalogues.

libyaml names what its parser wanted and where it gave up; that is often the end of the file. Here the place is
where the fault starts, as far as that can be known, and the words are about what stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.nodes import Mark


class SyntaxFault(NamedTuple):
    """Why a text is no YAML."""

    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    message: str


def explain(lines: Sequence[str], said: str, mark: Mark | None, context: str, context_mark: Mark | None) -> SyntaxFault:
    """Return the place and the words for an error that libyaml reports as `said` and `context`."""
    here = mark or context_mark
    line, column = (here.line + 1, here.column + 1) if here else (1, 1)
    start = (context_mark.line + 1, context_mark.column + 1) if context_mark else (line, column)
    text = lines[line - 1] if line <= len(lines) else ""
    character = text[column - 1 : column]
    if "tab character" in said or (character == "\t" and "cannot start any token" in said):
        tab = max(text.find("\t"), 0)
        return SyntaxFault(line, tab + 1, "a tab stands where YAML takes only spaces")
    if "end of stream" in said and "quoted scalar" in context:
        return SyntaxFault(*start, "the quote that starts here is never closed")
    if said.startswith(("did not find expected ',' or ']'", "did not find expected ',' or '}'")):
        kind, opening = ("list", "[") if "]" in said else ("mapping", "{")
        if character in ("{", "["):
            return SyntaxFault(line, column, f"'{character}' inside '{opening}' needs quotes around its text")
        if not any(rest.strip() for rest in (text[column - 1 :], *lines[line:])):
            return SyntaxFault(*start, f"the {kind} that '{opening}' starts here is never closed")
        where = f"the {kind} that '{opening}' starts in line {start[0]}"
        return SyntaxFault(line, column, f"{where} goes on with neither ',' nor its end here")
    if said in _EXPECTED:
        if text[: column - 1].strip(" -"):
            return SyntaxFault(line, column, "text follows a value that has ended; all of it needs quotes")
        return SyntaxFault(line, column, f"{_EXPECTED[said]} from line {start[0]} on")
    if "anchor" in context or "alias" in context:
        return SyntaxFault(*start, f"text that starts with '{_at(lines, start)}' needs quotes")
    if "cannot start any token" in said:
        return SyntaxFault(line, column, f"text that starts with '{character}' needs quotes")
    if "maximum nesting depth" in f"{said} {context}":
        # libyaml looks ahead in a line: it gives up before the levels are counted here.
        return SyntaxFault(line, column, "nested too deeply")
    plain = _PLAIN_WORDS.get(said)
    if plain:
        return SyntaxFault(line, column, plain)
    return SyntaxFault(line, column, f"{said} {context}".strip() or "not YAML")


def _at(lines: Sequence[str], place: tuple[int, int]) -> str:
    line, column = place
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""


_EXPECTED = {
    "did not find expected key": "the line is indented unlike the keys",
    "did not find expected '-' indicator": "the line is indented like the items of the list",
}
_PLAIN_WORDS = {
    "mapping values are not allowed in this context": (
        "a ':' stands where no key can; text with ': ' in it needs quotes"
    ),
    "could not find expected ':'": "the key in the line before has no ':'",
    "block sequence entries are not allowed in this context": "an item of a list stands behind a key, not below it",
    "did not find expected comment or line break": "text follows the mark of a block, not a line below it",
    "found unknown escape character": "the backslash in double quotes escapes nothing; single quotes keep it",
    "found invalid Unicode character escape code": "the escape is no character",
    "did not find expected hexdecimal number": "the escape has too few digits",
    "did not find expected <document start>": "a second document starts here",
    "did not find expected node content": "a value is missing here",
    "found incompatible YAML document": "the version of YAML is not 1.1 or 1.2",
}
