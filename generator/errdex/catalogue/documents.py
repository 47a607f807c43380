"""An API description as plain data that knows where each of its keys stands.

The strategy: JSON is decoded by the C scanner of the standard library, all but the few objects whose keys are
worth a position (paths, operations, responses): those are read by hand, which costs a few microseconds a key.
The position of any other key is found when somebody asks for it. YAML comes from `source.read_document`, which
knows every position. Both give dictionaries whose keys are strings, in whatever way the document wrote them.
"""

from __future__ import annotations

import json
import os
import re
from array import array
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the stubs
from typing import TYPE_CHECKING, Any, TypeAlias

from errdex.catalogue.foreign_yaml import Plain, typed
from errdex.catalogue.foreign_yaml import read_document as read_yaml
from errdex.catalogue.source import SourceError, read_text
from errdex.errors import CatalogueError, Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Pointer = tuple[str, ...]
Place: TypeAlias = tuple[int, int] | int
"""Line and column, 1-based, in YAML; how many characters come before it in JSON."""
Levels: TypeAlias = "Mapping[str, Levels]"

_BLANK = re.compile(r"[ \t\n\r]*")
_AFTER_KEY = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_AFTER_VALUE = re.compile(r"[ \t\n\r]*,[ \t\n\r]*|[ \t\n\r]*}")
_ROOT_KEY = re.compile(r"""^(?:["'])?(openapi|swagger|catalogue)["']?[ \t]*:""", re.MULTILINE)
_JSON_KEY = re.compile(r"""["'](openapi|swagger)["']\s*:\s*["'][0-9]""")
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_EACH = "*"
_RESPONSES: Levels = {_EACH: {}}
_PATHS: Levels = {_EACH: {_EACH: {"responses": _RESPONSES}}}
_BY_HAND: Levels = {
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
    places: Mapping[int, Mapping[str, Place]]
    """The place of each known key, by the identity of the dictionary or list that has it."""
    lines: Sequence[int]
    """Where the lines of a JSON text begin, all but the first."""
    is_json: bool

    def location(self, pointer: Pointer) -> Location:
        """Return where the last key of the pointer stands, or the nearest key above it that has a known place."""
        return Location(self.path, *self._line_and_column(_place(self.data, self.places, pointer)))

    def problem(self, pointer: Pointer, message: str) -> Problem:
        """Return a problem at the last key of the pointer, with its line; for this, JSON is read again."""
        location = self.location(pointer)
        if self.is_json and not all(key in self.places.get(id(value), ()) for value, key in _steps(self.data, pointer)):
            levels: Levels = {}
            for key in reversed(pointer[:-1]):
                levels = {key: levels}
            reader = _JsonReader(self.text)
            place = _place(reader.read(levels), reader.places, pointer)
            location = Location(self.path, *self._line_and_column(place))
        return Problem(location, message, line_of(self.text, location.line), len(pointer[-1]) if pointer else 1)

    def _line_and_column(self, place: Place) -> tuple[int, int]:
        if isinstance(place, tuple):
            return place
        line = bisect_right(self.lines, place)
        return line + 1, place - (self.lines[line - 1] if line else 0) + 1


def read(path: str, text: str | None = None) -> Document:
    """Return the document in that file, or in the text that was read from it.

    Raises CatalogueError when the file cannot be read, is no YAML or JSON, or is larger or deeper than any real one.
    """
    if text is None:
        try:
            text = read_text(path)
        except SourceError as error:
            raise CatalogueError([error.problem]) from None
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        reader = _JsonReader(text)
        try:
            data = reader.read(_BY_HAND)
        except json.JSONDecodeError as error:
            if path.endswith(".json"):
                raise CatalogueError([_syntax_problem(path, text, error)]) from None
        except RecursionError:
            raise CatalogueError([Problem(Location(path, 0, 0), "nested too deeply")]) from None
        except ValueError as error:  # an integer of more than 4,300 digits
            raise CatalogueError([Problem(Location(path, 0, 0), str(error).lower())]) from None
        else:
            # A large document has millions of lines.
            lines = array("q", (found.end() for found in re.finditer("\n", text)))
            return Document(path, text, data, reader.places, lines, is_json=True)
    data, places = read_yaml(path, text)
    return Document(path, text, data, places, (), is_json=False)


def is_openapi(text: str) -> bool:
    """Tell whether the root of a YAML or JSON text has the key `openapi` or `swagger`, without parsing it all."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        match = _ROOT_KEY.search(text)
        return match is not None and match[1] != "catalogue"
    if not _JSON_KEY.search(text):
        return False
    if '"catalogue"' not in text or not re.search(r'"catalogue"\s*:', text):  # the first alone is quickly said
        return True
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif depth == 1 and token[0] in ('"openapi"', '"swagger"', '"catalogue"'):
            return token[0] != '"catalogue"'
    return False


def is_openapi_folder(folder: str) -> bool:
    """Tell whether any file of a folder is an OpenAPI or Swagger document."""
    for file in files_of(folder):
        try:
            if is_openapi(read_text(file)):
                return True
        except SourceError:
            continue
    return False


def files_of(folder: str) -> list[str]:
    """Return the YAML and JSON files of a folder, not of those below it, in the order of their names."""
    names = sorted(name for name in os.listdir(folder) if name.endswith((".yaml", ".yml", ".json")) and name[0] != ".")
    return [os.path.join(folder, name) for name in names]


def _steps(value: object, pointer: Pointer) -> Iterator[tuple[object, str]]:
    for key in pointer:
        yield value, key
        value = child(value, key)


def _place(value: object, places: Mapping[int, Mapping[str, Place]], pointer: Pointer) -> Place:
    found: Place = (1, 1)
    for key in pointer:
        known = places.get(id(value))
        if known is not None:
            found = known.get(key, found)
        value = value.get(key) if isinstance(value, dict) else child(value, key)
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
    """Return the value when it is text or a number, printable; empty for anything else."""
    if type(value) is str:  # most are, and what YAML says without quotes is not
        return printable(value)
    if isinstance(value, str):
        return "" if is_null(value) else printable(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def printable(text: str) -> str:
    """Return a text with U+FFFD for what no catalogue may hold.

    These are control characters, marks that turn the direction of text, and lone surrogates, which JSON can hold and
    no file.
    """
    return str(text) if text.isprintable() else _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n"))


def strings(value: object) -> tuple[str, ...]:
    """Return the strings of a list; nothing for anything else."""
    return tuple(item for item in map(string, value) if item) if isinstance(value, list) else ()


def is_true(value: object) -> bool:
    """Say whether the value is JSON's true, or a plain YAML scalar that means it."""
    return value is True or (isinstance(value, Plain) and typed(value) is True)


def is_null(value: object) -> bool:
    """Say whether the value is null, or a plain YAML scalar that means it."""
    return value is None or (isinstance(value, Plain) and typed(value) is None)


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
        self.places: dict[int, dict[str, int]] = {}
        self._text = text
        decoder: Any = json.JSONDecoder()
        self._scan: Callable[[str, int], tuple[object, int]] = decoder.scan_once

    def read(self, by_hand: Levels) -> object:
        """Return the whole value; `by_hand` nests the keys whose objects get places (`*`: each key)."""
        value, end = self._value(_skip(self._text, 0), by_hand)
        end = _skip(self._text, end)
        if end != len(self._text):
            raise json.JSONDecodeError("Extra data", self._text, end)
        return value

    def _value(self, position: int, by_hand: Levels | None) -> tuple[object, int]:
        if by_hand is not None and self._text[position : position + 1] == "{":
            return self._object(position, by_hand)
        try:
            return self._scan(self._text, position)
        except StopIteration as stop:
            raise json.JSONDecodeError("Expecting value", self._text, stop.value) from None

    def _object(self, position: int, by_hand: Levels) -> tuple[dict[str, object], int]:
        text, after_key, after_value = self._text, _AFTER_KEY.match, _AFTER_VALUE.match
        result: dict[str, object] = {}
        places: dict[str, int] = {}
        self.places[id(result)] = places
        each = by_hand.get(_EACH)
        position = _skip(text, position + 1)
        if text[position : position + 1] == "}":
            return result, position + 1
        while True:
            if text[position : position + 1] != '"':
                raise json.JSONDecodeError("Expecting a key in double quotes", text, position)
            key, end = scanstring(text, position + 1)
            if key in result:
                raise json.JSONDecodeError(f"key '{key}' is said twice", text, position)
            places[key] = position
            colon = after_key(text, end)
            if colon is None:
                raise json.JSONDecodeError("Expecting ':'", text, _skip(text, end))
            result[key], end = self._value(colon.end(), by_hand.get(key, each))
            after = after_value(text, end)
            if after is None:
                raise json.JSONDecodeError("Expecting ',' or '}'", text, _skip(text, end))
            position = after.end()
            if text[position - 1] == "}":
                return result, position


def _skip(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _syntax_problem(path: str, text: str, error: json.JSONDecodeError) -> Problem:
    message = error.msg[:1].lower() + error.msg[1:]
    return Problem(
        Location(path, error.lineno, error.colno), f"the JSON is broken: {message}", line_of(text, error.lineno)
    )
