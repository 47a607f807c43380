"""Comments that leave findings out: those that are of no use removed, new ones put in."""

from __future__ import annotations

import io
import re
import tokenize
from contextlib import suppress
from typing import TYPE_CHECKING

from errdex.lint.fixing.edits import Edit
from errdex.lint.rules import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.lint.fixing.edits import Draft
    from errdex.lint.report import Finding
    from errdex.lint.suppression import Entry, Ignore

NEVER_IGNORED = frozenset({"unread-file", "unused-ignore"})
"""A file that cannot be read holds no comment; a comment that is of no use is to go, not to be excused."""


def without(draft: Draft, ignore: Ignore, message: str) -> Iterator[tuple[Edit, ...]]:
    """Yield the ways to take something out of a comment: the statuses that the message names, one rule, all of it.

    A rule that does not exist is a slip of the pen and stays: what it meant is not for a program to say.
    """
    if any(entry.rule and entry.rule not in NAMES for entry in ignore.entries):
        return
    for index, entry in enumerate(ignore.entries):
        rest = tuple(status for status in entry.statuses if not re.search(rf"\b{status}\b", message))
        if rest and rest != entry.statuses:
            narrowed = (*ignore.entries[:index], entry._replace(statuses=rest), *ignore.entries[index + 1 :])
            yield (_rewritten(draft, ignore, narrowed),)
        if len(ignore.entries) > 1:
            yield (_rewritten(draft, ignore, (*ignore.entries[:index], *ignore.entries[index + 1 :])),)
    yield (_removed(draft, ignore),)


def _rewritten(draft: Draft, ignore: Ignore, entries: Iterable[Entry]) -> Edit:
    start, end = _stretch(draft, ignore)
    said = draft.text[start:end]
    opening, closing = said.index("["), said.index("]")
    return Edit(start + opening + 1, start + closing, ", ".join(map(str, entries)))


def _removed(draft: Draft, ignore: Ignore) -> Edit:
    start, end = _stretch(draft, ignore)
    line = ignore.span.line
    begins, ends = draft.starts[line - 1], draft.starts[line - 1] + len(draft.lines[line - 1])
    before, after = draft.text[begins:start], draft.text[end:ends]
    if before.strip() or after.strip():
        # Another comment that follows takes the place of this one; else the white space before goes, too.
        return (
            Edit(start, end + len(after) - len(after.lstrip()), "")
            if after.strip()
            else (Edit(begins + len(before.rstrip()), ends, ""))
        )
    return Edit(begins, draft.starts[line] if line < len(draft.starts) else ends, "")


def _stretch(draft: Draft, ignore: Ignore) -> tuple[int, int]:
    begins = draft.starts[ignore.span.line - 1]
    return begins + ignore.span.column - 1, begins + ignore.span.end_column - 1


def added(draft: Draft, findings: Iterable[Finding], reason: str) -> tuple[Edit, ...]:
    """Return the edits that leave the findings of one file out: a comment for each line that has any."""
    by_line: dict[int, dict[str, list[str]]] = {}
    for finding in findings:
        if finding.rule not in NEVER_IGNORED:
            statuses = by_line.setdefault(finding.span.line, {}).setdefault(finding.rule, [])
            statuses.extend(status for status in finding.statuses if status not in statuses)
    logical = _logical_lines(draft)
    edits: dict[int, Edit] = {}
    for line, rules in by_line.items():
        first, is_open = logical.get(line, (line, True))
        said = ", ".join(f"{rule}: {', '.join(statuses)}" if statuses else rule for rule, statuses in rules.items())
        comment = f"# errdex: ignore[{said}] {reason}".rstrip()
        beside = f"{draft.lines[line - 1]}  {comment}"
        if not is_open and len(beside) <= draft.width:
            at_end = draft.starts[line - 1] + len(draft.lines[line - 1])
            edits[line] = Edit(at_end, at_end, f"  {comment}")
        else:
            edits[line] = draft.above(first, [draft.indent(first) + comment])
    return tuple(edits.values())


def _logical_lines(draft: Draft) -> dict[int, tuple[int, bool]]:
    """Return for each line the first line of its statement, and whether no comment can stand at its end."""
    first_of: dict[int, int] = {}
    free: set[int] = set()
    commented: set[int] = set()
    first = 0
    aside = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    with suppress(tokenize.TokenError, SyntaxError):  # whoever parses the file says so
        for token in tokenize.generate_tokens(io.StringIO("\n".join(draft.lines)).readline):
            line = token.start[0]
            if token.type not in aside:
                first = first or line
            if token.type == tokenize.COMMENT:
                commented.add(line)
            elif token.type in (tokenize.NEWLINE, tokenize.NL) and first:
                free.add(line)
            if token.type == tokenize.NEWLINE:
                first_of.update(dict.fromkeys(range(first, line + 1), first))
                first = 0
    return {line: (first, line not in free or line in commented) for line, first in first_of.items()}
