"""Somebody else's YAML as plain data: more is allowed than in a catalogue, and nothing is looked for in it.

One pass over libyaml's events with an explicit stack. Keys become strings as they were written, so that `200` and
`"200"` are one key; a plain scalar stays the text that it is. An alias is the very object of its anchor, so that a
bomb of aliases stays as small as its text; only merge keys copy, and how much they copy is limited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from errdex.errors import CatalogueError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Places = dict[int, dict[str, tuple[int, int]]]

DEEPEST = 200
"""Collections inside each other; a real document has about 30."""
MOST_MERGED = 200_000
"""Keys that all merge keys of a document copy together."""


class Plain(str):
    """A plain scalar as it was written (`true`, `1.10`, `null`, `2024-01-01`): its type is for the reader to decide."""

    __slots__ = ()


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("anchor", "expects_key", "key", "merged", "places", "value")

    def __init__(self, value: dict[str, object] | list[object], anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.places: dict[str, tuple[int, int]] = {}
        self.merged: list[object] = []
        """What its `<<` keys name."""
        self.key = ""
        self.expects_key = isinstance(value, dict)


def read_document(path: str, text: str) -> tuple[object, Places]:
    """Return the document's data, and the 1-based line and column of each key by the identity of its collection.

    Tags are ignored. Raises CatalogueError, with one problem, for text that is no YAML or more than one document,
    a key said twice, and more depth or merging than any real document has.
    """
    try:
        return _Reading(path, text).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"the YAML is broken: {error.problem or error.context}"
        raise CatalogueError([_problem(path, text, message, mark)]) from None
    except yaml.reader.ReaderError as error:
        message = f"the YAML is broken: {error.reason} at character {error.position}"
        raise CatalogueError([Problem(Location(path, 0, 0), message)]) from None


class _Reading:
    """The state of one pass."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._places: Places = {}
        self._anchors: dict[str, object] = {}
        self._plain: dict[str, Plain] = {}
        self._left_to_merge = MOST_MERGED

    def read(self) -> tuple[object, Places]:
        root: list[object] = []
        stack = [_Open(root, None)]
        for event in _events(self._text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value: object = event.value
                if event.implicit[0]:
                    value = self._plain.get(event.value) or self._plain.setdefault(event.value, Plain(event.value))
                if event.anchor is not None:
                    self._anchors[event.anchor] = value
                self._put(stack[-1], value, event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) > DEEPEST:
                    raise self._error("the collections are nested too deeply", event)
                collection: dict[str, object] | list[object] = {} if kind is yaml.MappingStartEvent else []
                self._put(stack[-1], collection, event)
                stack.append(_Open(collection, event.anchor))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(stack.pop(), event)
            elif kind is yaml.AliasEvent:
                if event.anchor not in self._anchors:
                    raise self._error(f"the alias *{event.anchor} names nothing that is complete before it", event)
                self._put(stack[-1], self._anchors[event.anchor], event)
            elif kind is yaml.DocumentStartEvent and root:
                raise self._error("a second document begins here", event)
        return (root[0] if root else None), self._places

    def _put(self, parent: _Open, value: object, event: yaml.NodeEvent) -> None:
        """Add a value to the collection that is open, or keep it as the key of the next one."""
        mark = event.start_mark
        if isinstance(parent.value, list):
            parent.places[str(len(parent.value))] = (mark.line + 1, mark.column + 1)
            parent.value.append(value)
        elif parent.expects_key:
            if not isinstance(value, str):
                raise self._error("a key is not a scalar", event)
            parent.key = str(value)
            parent.expects_key = False
            if value == "<<" and isinstance(value, Plain):
                return
            if parent.key in parent.value:
                first = parent.places[parent.key][0]
                raise self._error(f"the key {parent.key!r} is said twice, first in line {first}", event)
            parent.value[parent.key] = None
            parent.places[parent.key] = (mark.line + 1, mark.column + 1)
        else:
            parent.expects_key = True
            if parent.key == "<<" and "<<" not in parent.value:
                parent.merged.extend(value if isinstance(value, list) else [value])
            else:
                parent.value[parent.key] = value

    def _close(self, done: _Open, event: yaml.Event) -> None:
        """Merge what `<<` named: explicit keys win, then the first that has a key."""
        self._places[id(done.value)] = done.places
        if isinstance(done.value, dict):
            for other in done.merged:
                if not isinstance(other, dict):
                    raise self._error("a merge key names something else than a mapping", event)
                self._left_to_merge -= len(other) + 1
                if self._left_to_merge < 0:
                    raise self._error(f"merge keys copy more than {MOST_MERGED} keys", event)
                places = self._places[id(other)]
                for key, value in other.items():
                    if key not in done.value:
                        done.value[key] = value
                        done.places[key] = places[key]
        if done.anchor is not None:
            self._anchors[done.anchor] = done.value

    def _error(self, message: str, event: yaml.Event) -> CatalogueError:
        return CatalogueError([_problem(self._path, self._text, message, event.start_mark)])


def _events(text: str) -> Iterator[yaml.Event]:
    parser = yaml.CSafeLoader(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


def _problem(path: str, text: str, message: str, mark: yaml.Mark | None) -> Problem:
    if mark is None:
        return Problem(Location(path, 0, 0), message)
    lines = text.splitlines()
    source = lines[mark.line] if mark.line < len(lines) else ""
    return Problem(Location(path, mark.line + 1, mark.column + 1), message, source)
