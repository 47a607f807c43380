"""Three texts of one catalogue into one: what was imported last, what people made of it, what the source says now.

The strategy: mappings are merged key by key, from the text of people, whose order, comments and layout stay. A key that
only the source changed takes the source's lines; one that only people changed keeps theirs. Where both changed it and
it is no mapping to go into, people's lines stay, with the source's above them in a comment that starts with `MARK`.
Such comments are conflicts until somebody takes them away, however often is imported meanwhile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.nodes import Mapping, Scalar, Sequence, kind_of
from errdex.catalogue.source import parse
from errdex.catalogue.yaml_text import yaml_text
from errdex.errors import CatalogueError, Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.catalogue.nodes import Node

MARK = "# errdex import:"

_COMMENT = re.compile(r"(?:^|\s)#")
_QUOTE = "#   "
_NOW = f"{MARK} the source says now"
_GONE = f"{MARK} the source no longer has this"
_CHANGED = f"{MARK} this was taken out here, and the source says now"


class _Entry(NamedTuple):
    """A key with its value, as lines."""

    before: tuple[str, ...]
    """Comments and blank lines above it."""
    lines: tuple[str, ...]
    """The line of the key, and all below it that belong to it."""
    node: Node
    children: _Block | None
    """None for what is no mapping with each key on a line of its own."""

    @property
    def said(self) -> object:
        """What it says, whatever its layout: equal for entries that mean the same."""
        return _data(self.node)


class _Block(NamedTuple):
    """A mapping whose keys stand on lines of their own."""

    entries: dict[str, _Entry]
    after: tuple[str, ...]
    """Comments and blank lines below the last key."""


class Merged(NamedTuple):
    """What came of bringing texts together."""

    text: str
    conflicts: tuple[Problem, ...]
    """One for each comment of a conflict in the text, those of earlier imports included."""


def merge(path: str, last: str, people: str, source: str) -> Merged:
    """Return the text of people with what the source changed since last time; `path` is where it will stand.

    Raises CatalogueError when one of the texts is no YAML with a mapping on top.
    """
    known, ours, theirs = (_block_of(path, text) for text in (last, people, source))
    lines = list(_merged(known, ours, theirs, indent=0))
    end = "\r\n" if "\r\n" in people else "\n"
    return Merged("".join(f"{line}{end}" for line in lines), tuple(_conflicts(path, lines)))


def _block_of(path: str, text: str) -> _Block:
    source = parse(path, text)
    if source.problems:
        raise CatalogueError(source.problems)
    lines = text.splitlines()
    if not isinstance(source.root, Mapping):
        raise CatalogueError([Problem(Location(path, 1, 1), "the file holds no mapping", lines[0] if lines else "")])
    block = _block(source.root, lines, 0, len(lines))
    if block is None:
        raise CatalogueError([Problem(Location(path, 1, 1), "the keys do not stand on lines of their own", lines[0])])
    return block


def _block(mapping: Mapping, lines: list[str], start: int, end: int) -> _Block | None:
    """Return the mapping that takes the lines from `start` to before `end`; None when two keys share a line."""
    keys = [(key.mark.line, key.mark.column, key.text, node) for key, node in mapping.entries.values()]
    if (
        not keys
        or len({line for line, *_ in keys}) != len(keys)
        or lines[mapping.mark.line][mapping.mark.column] == "{"
    ):
        return None
    column = keys[0][1]
    starts = [start, *(_start_of_comments(lines, line, column) for line, *_ in keys[1:])]
    ends = [*starts[1:], _start_of_comments(lines, end, column, last=True)]
    entries = {}
    for (line, _, key, node), first, until in zip(keys, starts, ends, strict=True):
        children = _block(node, lines, line + 1, until) if isinstance(node, Mapping) else None
        entries[key] = _Entry(tuple(lines[first:line]), tuple(lines[line:until]), node, children)
    return _Block(entries, tuple(lines[ends[-1] : end]))


def _start_of_comments(lines: list[str], line: int, column: int, *, last: bool = False) -> int:
    """Return where the comments and blank lines above a line begin, as far as they are its own.

    A comment that is indented further belongs to what is above it; so do, at the end of a mapping, all but those of
    the mapping's own column.
    """
    start = line
    while start > 0 and (not lines[start - 1].strip() or lines[start - 1].lstrip().startswith("#")):
        text = lines[start - 1]
        indent = len(text) - len(text.lstrip())
        if text.strip() and (indent > column or (last and indent >= column)):
            break
        start -= 1
    return start


def _merged(last: _Block, people: _Block, source: _Block, indent: int) -> Iterator[str]:
    """Yield the lines of the merged mapping."""
    follows = _followers(people, source)
    for key in (None, *people.entries):
        if key is not None:
            yield from _entry(last.entries.get(key), people.entries[key], source.entries.get(key), indent)
        for new in follows.get(key, ()):
            entry, known = source.entries[new], last.entries.get(new)
            if known is None:
                # The comments that an import writes are those of the first one.
                yield from (line for line in entry.before if not line.strip())
                yield from entry.lines
            elif known.said != entry.said:
                yield from _comment(_CHANGED, entry.lines, indent)
    yield from people.after


def _followers(people: _Block, source: _Block) -> dict[str | None, list[str]]:
    """Return the keys that only the source has, by the key of people's after which each belongs."""
    follows: dict[str | None, list[str]] = {}
    previous: str | None = None
    for key in source.entries:
        if key in people.entries:
            previous = key
        else:
            follows.setdefault(previous, []).append(key)
    return follows


def _entry(last: _Entry | None, people: _Entry, source: _Entry | None, indent: int) -> Iterator[str]:
    """Yield the lines of a key that people have."""
    unchanged = last is not None and last.said == people.said
    if source is None:
        if last is None:
            yield from (*people.before, *people.lines)
        elif not unchanged or _own_comments(last, (*people.before, *people.lines)):
            yield from (*_unmarked(people.before), *_comment(_GONE, (), indent), *people.lines)
    elif people.said == source.said or (last is not None and last.said == source.said):
        yield from (*people.before, *people.lines)
    elif people.children and (theirs := _as_block(source, _indent(people.children))):
        known = last and _as_block(last, _indent(people.children))
        yield from (*people.before, people.lines[0])
        yield from _merged(known or _Block({}, ()), people.children, theirs, _indent(people.children))
    elif last is not None and unchanged and not _own_comments(last, people.lines):
        yield from (*people.before, *source.lines)
    elif mixed := _mixed(last, people, source):
        yield from (*people.before, *mixed)
    else:
        yield from (*_unmarked(people.before), *_comment(_NOW, source.lines, indent), *people.lines)


def _indent(block: _Block) -> int:
    line = next(iter(block.entries.values())).lines[0]
    return len(line) - len(line.lstrip())


def _as_block(entry: _Entry, indent: int) -> _Block | None:
    """Return the mapping of an entry with each key on a line of its own; None when it is no mapping, or empty."""
    if entry.children is not None and _indent(entry.children) == indent:
        return entry.children
    said = entry.said
    if not isinstance(said, dict) or not said:
        return None
    text = "".join(f"{' ' * indent}{line}\n" for line in yaml_text(said, compact_from=1).splitlines())
    return _block_of("", text)


def _own_comments(last: _Entry, lines: Iterable[str]) -> bool:
    """Say whether lines of people have a comment that the last import did not write."""
    known = {line.strip() for line in (*last.before, *last.lines)}
    return any(_COMMENT.search(line) and MARK not in line and line.strip() not in known for line in lines)


def _comment(mark: str, lines: Iterable[str], indent: int) -> Iterator[str]:
    margin = " " * indent
    yield margin + mark
    yield from (f"{margin}{_QUOTE}{line[indent:]}".rstrip() for line in lines if line.strip())


def _unmarked(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines without the comments of earlier conflicts, which a new one takes the place of."""
    quoted = False
    for line in lines:
        quoted = line.lstrip().startswith(MARK) or (quoted and line.lstrip().startswith(_QUOTE))
        if not quoted:
            yield line


def _mixed(last: _Entry | None, people: _Entry, source: _Entry) -> list[str] | None:
    """Return the lines of a list or a mapping on one line that both changed in different places; else None."""
    if len(people.lines) > 1 or _COMMENT.search(people.lines[0]):
        return None
    merged = _mixed_data(None if last is None else last.said, people.said, source.said)
    if merged is None:
        return None
    margin = " " * (len(people.lines[0]) - len(people.lines[0].lstrip()))
    first, *rest = yaml_text({"k": merged}, compact_from=1).splitlines()
    name = people.lines[0].partition(": ")[0]
    return [f"{name}{first[1:]}", *(margin + line for line in rest)]


def _mixed_data(last: object, people: object, source: object) -> object | None:
    """Return lists of words and mappings with the changes of both sides; None where they changed the same thing."""
    if isinstance(people, list) and isinstance(source, list) and all(isinstance(item, str) for item in people + source):
        before = last if isinstance(last, list) else []
        kept = [item for item in people if item in source or item not in before]
        return kept + [item for item in source if item not in people and item not in before]
    if not isinstance(people, dict) or not isinstance(source, dict):
        return None
    known = last if isinstance(last, dict) else {}
    merged = {}
    for key in {**people, **source}:
        was, mine, theirs = known.get(key), people.get(key), source.get(key)
        if theirs in (was, mine):
            value = mine
        elif mine == was:
            value = theirs
        else:
            value = _mixed_data(was, mine, theirs)
            if value is None:
                return None
        if value is not None:
            merged[key] = value
    return merged


def _data(node: Node) -> object:
    """Return what a node says: text, numbers, booleans, lists, and dictionaries in any order."""
    if isinstance(node, Mapping):
        return {_data_key(key): _data(value) for key, value in node.entries.values()}
    if isinstance(node, Sequence):
        return [_data(item) for item in node.items]
    if not isinstance(node, Scalar):
        return ""
    kind = kind_of(node)
    return int(node.text) if kind == "integer" else node.text.lower() == "true" if kind == "boolean" else node.text


def _data_key(key: Scalar) -> str | int:
    return int(key.text) if kind_of(key) == "integer" else key.text


def _conflicts(path: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        text = line.lstrip()
        if text.startswith(MARK):
            message = f"{_about(lines, number)}: {text.removeprefix(MARK).strip()}"
            yield Problem(Location(path, number, len(line) - len(text) + 1), message, line, len(text))


def _about(lines: list[str], number: int) -> str:
    """Return the key that a conflict is about: the next one below its comment."""
    keys = (line.strip().partition(":")[0] for line in lines[number:] if not line.lstrip().startswith("#"))
    return next(filter(None, keys), "the end of the file")
