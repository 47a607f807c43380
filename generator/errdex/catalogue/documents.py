"""An API description as plain data that knows where each of its keys stands.

The strategy: JSON is decoded by the C scanner of the standard library, all but the few objects whose keys are
worth a position (paths, operations, responses): those are read by hand, which costs a few microseconds a key.
The position of any other key is found when somebody asks for it. YAML comes from `source.read_document`, which
knows every position. Both give dictionaries whose keys are strings, in whatever way the document wrote them.
"""

from __future__ import annotations

import bisect
import json
import os
import re
import stat
from json.decoder import scanstring  # type: ignore[attr-defined]  # the C function, absent from the stubs
from typing import TYPE_CHECKING, NamedTuple

from errdex.catalogue.foreign_yaml import Plain, Places, read_document as read_yaml
from errdex.errors import CatalogueError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Pointer = tuple[str, ...]

LARGEST = 256 * 1024 * 1024
"""Bytes; the largest public document is a twentieth of it."""

_BLANK = re.compile(r"[ \t\n\r]*")
_EACH = "*"
_RESPONSES: Mapping[str, object] = {_EACH: {}}
_PATHS: Mapping[str, object] = {_EACH: {_EACH: {"responses": _RESPONSES}}}
_BY_HAND: Mapping[str, object] = {
    "paths": _PATHS,
    "components": {"responses": _RESPONSES, "pathItems": _PATHS},
    "responses": _RESPONSES,
}
"""Which objects of a JSON document are read by hand; Swagger 2.0 has `responses` on top."""


class Document(NamedTuple):
    """One file, read."""

    path: str
    """As the user named it, or as a reference of such a file leads to it."""
    text: str
    data: object
    """Dictionaries with string keys, lists, strings, numbers, booleans and None."""
    places: Places
    """1-based line and column of each known key, by the identity of the dictionary or list that has it."""
    is_json: bool

    def location(self, pointer: Pointer) -> Location:
        """Return where the last key of the pointer stands, or the nearest key above it that has a known place."""
        return Location(self.path, *_place(self.data, self.places, pointer))

    def problem(self, pointer: Pointer, message: str) -> Problem:
        """Return a problem at the last key of the pointer, with its line; for this, JSON is read again."""
        location = self.location(pointer)
        if self.is_json and not all(key in self.places.get(id(value), ()) for value, key in _steps(self.data, pointer)):
            levels: dict[str, object] = {}
            for key in reversed(pointer[:-1]):
                levels = {key: levels}
            reader = _JsonReader(self.text)
            location = Location(self.path, *_place(reader.read(levels), reader.places, pointer))
        return Problem(location, message, line_of(self.text, location.line), len(pointer[-1]) if pointer else 1)


def read(path: str, text: str | None = None) -> Document:
    """Return the document in that file, or in the text that was read from it.

    Raises CatalogueError when the file cannot be read, is no YAML or JSON, or is larger or deeper than any real one.
    """
    if text is None:
        text = read_text(path)
    if text.lstrip()[:1] in ("{", "["):
        reader = _JsonReader(text)
        try:
            data = reader.read(_BY_HAND)
        except json.JSONDecodeError as error:
            if path.endswith(".json"):
                raise CatalogueError([_syntax_problem(path, text, error)]) from None
        except RecursionError:
            raise CatalogueError([Problem(Location(path, 0, 0), "the document is nested too deeply")]) from None
        except ValueError as error:  # an integer of more than 4,300 digits
            raise CatalogueError([Problem(Location(path, 0, 0), str(error).lower())]) from None
        else:
            return Document(path, text, data, reader.places, is_json=True)
    data, places = read_yaml(path, text)
    return Document(path, text, data, places, is_json=False)


def read_text(path: str) -> str:
    """Return the text of a regular file of bounded size; raises CatalogueError."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise CatalogueError([Problem(Location(path, 0, 0), f"{path} is not a regular file")])
        if status.st_size > LARGEST:
            raise CatalogueError([Problem(Location(path, 0, 0), f"{path} is larger than {LARGEST >> 20} MiB")])
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise CatalogueError([Problem(Location(path, 0, 0), f"{path} cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise CatalogueError([Problem(Location(path, 0, 0), f"{path} is not UTF-8: {error.reason}")]) from None


def _steps(value: object, pointer: Pointer) -> Iterator[tuple[object, str]]:
    for key in pointer:
        yield value, key
        value = child(value, key)


def _place(value: object, places: Places, pointer: Pointer) -> tuple[int, int]:
    found = (1, 1)
    for container, key in _steps(value, pointer):
        found = places.get(id(container), {}).get(key, found)
    return found


def child(value: object, key: str) -> object:
    """Return what a pointer's key names inside a value; None when there is nothing."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def mapping(value: object) -> dict[str, object]:
    """Return the value when it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def string(value: object) -> str:
    """Return the value when it is a string or a number written as one; empty for anything else."""
    if isinstance(value, str):
        return str(value)
    return "" if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


def strings(value: object) -> tuple[str, ...]:
    """Return the strings of a list; nothing for anything else."""
    return tuple(item for item in map(string, value) if item) if isinstance(value, list) else ()


def is_true(value: object) -> bool:
    """Say whether the value is JSON's true, or a plain YAML scalar that means it."""
    return value is True or (isinstance(value, Plain) and value in ("true", "True", "TRUE"))


def is_null(value: object) -> bool:
    """Say whether the value is null, or a plain YAML scalar that means it."""
    return value is None or (isinstance(value, Plain) and value in ("", "~", "null", "Null", "NULL"))


def line_of(text: str, line: int) -> str:
    """Return a line of the text by its 1-based number, without its ending; empty when there is no such line."""
    if line < 1:
        return ""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].rstrip("\r")


class _JsonReader:
    """A JSON text, and the places of those keys that were read by hand."""

    def __init__(self, text: str) -> None:
        self.places: Places = {}
        self._text = text
        self._scan = json.JSONDecoder().scan_once
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def read(self, by_hand: Mapping[str, object]) -> object:
        """Return the whole value; `by_hand` nests the keys whose objects get places (`*`: each key)."""
        value, end = self._value(_skip(self._text, 0), by_hand)
        end = _skip(self._text, end)
        if end != len(self._text):
            raise json.JSONDecodeError("Extra data", self._text, end)
        return value

    def _value(self, position: int, by_hand: Mapping[str, object] | None) -> tuple[object, int]:
        if by_hand is not None and self._text[position : position + 1] == "{":
            return self._object(position, by_hand)
        try:
            return self._scan(self._text, position)
        except StopIteration as stop:
            raise json.JSONDecodeError("Expecting value", self._text, stop.value) from None

    def _object(self, position: int, by_hand: Mapping[str, object]) -> tuple[dict[str, object], int]:
        text = self._text
        result: dict[str, object] = {}
        places: dict[str, tuple[int, int]] = {}
        self.places[id(result)] = places
        position = _skip(text, position + 1)
        if text[position : position + 1] == "}":
            return result, position + 1
        while True:
            if text[position : position + 1] != '"':
                raise json.JSONDecodeError("Expecting a key in double quotes", text, position)
            key, end = scanstring(text, position + 1, True)
            if key in result:
                raise json.JSONDecodeError(f"the key {key!r} is said twice", text, position)
            line = bisect.bisect_right(self._line_starts, position)
            places[key] = (line, position - self._line_starts[line - 1] + 1)
            end = _skip(text, end)
            if text[end : end + 1] != ":":
                raise json.JSONDecodeError("Expecting ':'", text, end)
            levels = by_hand.get(key, by_hand.get(_EACH))
            result[key], end = self._value(_skip(text, end + 1), levels if isinstance(levels, dict) else None)
            end = _skip(text, end)
            if text[end : end + 1] == "}":
                return result, end + 1
            if text[end : end + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' or '}'", text, end)
            position = _skip(text, end + 1)


def _skip(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _syntax_problem(path: str, text: str, error: json.JSONDecodeError) -> Problem:
    message = error.msg[:1].lower() + error.msg[1:]
    return Problem(
        Location(path, error.lineno, error.colno), f"the JSON is broken: {message}", line_of(text, error.lineno)
    )
