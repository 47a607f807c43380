"""Somebody else's YAML as plain data: more is allowed than in a catalogue, and nothing is looked for in it.

One pass over libyaml's events with an explicit stack. Keys become strings as they were written, so that `200` and
`"200"` are one key; a plain scalar stays the text that it is. An alias is the very object of its anchor, so that a
bomb of aliases stays as small as its text; only merge keys copy, and how much they copy is limited.
"""

from __future__ import annotations

import re
from itertools import chain

from errdex.catalogue.source import Source, events
from errdex.errors import CatalogueError, Location

Places = dict[int, dict[str, tuple[int, int]]]

DEEPEST = 200
"""Collections inside each other; a real document has about 30."""
MOST_MERGED = 200_000
"""Keys that all merge keys of a document copy together."""


class Plain(str):
    """A plain scalar as it was written (`true`, `1.10`, `null`, `2024-01-01`): its type is for the reader to decide."""

    __slots__ = ()


_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")


def typed(plain: Plain) -> str | bool | float | None:
    """Return the value of a plain scalar as the core schema of YAML 1.2 has it, but for odd forms of numbers: text."""
    if plain in _NULL:
        return None
    if plain in _BOOLEAN:
        return _BOOLEAN[plain]
    match = _NUMBER.fullmatch(plain)
    if match is None or len(plain) > 100:
        return str(plain)
    return float(plain) if match[1] or match[2] else int(plain)


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

    Tags are ignored. Raises CatalogueError for text that is no YAML or more than one document, a key said twice,
    and more depth or merging than any real document has.
    """
    source = Source(path, text)
    reading = _Reading(source)
    data = reading.read()
    if source.problems:
        raise CatalogueError(source.problems)
    return data, reading.places


class _Reading:
    """The state of one pass."""

    def __init__(self, source: Source) -> None:
        self.places: Places = {}
        self._source = source
        self._anchors: dict[str, object] = {}
        self._plain: dict[str, Plain] = {}
        self._left_to_merge = MOST_MERGED

    def read(self) -> object:
        root: list[object] = []
        stack = [_Open(root, None)]
        for event in events(self._source):
            place = (event.start_mark.line + 1, event.start_mark.column + 1)
            match type(event).__name__:
                case "ScalarEvent":
                    value: object = event.value
                    if event.implicit[0]:
                        value = self._plain.get(event.value) or self._plain.setdefault(event.value, Plain(event.value))
                    if event.anchor is not None:
                        self._anchors[event.anchor] = value
                    self._put(stack[-1], value, place)
                case "MappingStartEvent" | "SequenceStartEvent" as kind:
                    if len(stack) > DEEPEST:
                        raise self._error(f"nested deeper than {DEEPEST} levels", place)
                    collection: dict[str, object] | list[object] = {} if kind == "MappingStartEvent" else []
                    self._put(stack[-1], collection, place)
                    stack.append(_Open(collection, event.anchor))
                case "MappingEndEvent" | "SequenceEndEvent":
                    self._close(stack.pop(), place)
                case "AliasEvent":
                    if event.anchor not in self._anchors:
                        raise self._error(f"alias *{event.anchor} names nothing that is complete before it", place)
                    self._put(stack[-1], self._anchors[event.anchor], place)
                case "DocumentStartEvent" if root:
                    raise self._error("a second document starts here", place)
        return root[0] if root else None

    def _put(self, parent: _Open, value: object, place: tuple[int, int]) -> None:
        """Add a value to the collection that is open, or keep it as the key of the next one."""
        if isinstance(parent.value, list):
            parent.places[str(len(parent.value))] = place
            parent.value.append(value)
        elif parent.expects_key:
            if not isinstance(value, str):
                raise self._error("a key is a list or a mapping, not text", place)
            parent.key = str(value)
            parent.expects_key = False
            if value == "<<" and isinstance(value, Plain):
                return
            if parent.key in parent.value:
                first = parent.places[parent.key][0]
                raise self._error(f"key '{parent.key}' is said twice, first in line {first}", place)
            parent.value[parent.key] = None
            parent.places[parent.key] = place
        else:
            parent.expects_key = True
            if parent.key == "<<" and "<<" not in parent.value:
                parent.merged.append(value)
            else:
                parent.value[parent.key] = value

    def _close(self, done: _Open, place: tuple[int, int]) -> None:
        """Merge what `<<` named: explicit keys win, then the first that has a key."""
        self.places[id(done.value)] = done.places
        if isinstance(done.value, dict):
            for other in chain.from_iterable(some if isinstance(some, list) else [some] for some in done.merged):
                if not isinstance(other, dict):
                    raise self._error("a merge key names something else than a mapping", place)
                self._left_to_merge -= len(other) + 1
                if self._left_to_merge < 0:
                    raise self._error(f"merge keys copy more than {MOST_MERGED} keys", place)
                places = self.places[id(other)]
                for key, value in other.items():
                    if key not in done.value:
                        done.value[key] = value
                        done.places[key] = places[key]
        if done.anchor is not None:
            self._anchors[done.anchor] = done.value

    def _error(self, message: str, place: tuple[int, int]) -> CatalogueError:
        return CatalogueError([self._source.problem(Location(self._source.path, *place), message)])
