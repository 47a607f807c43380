"""From the text of a YAML or JSON file to a tree of nodes that know their place.

The tree is built from libyaml's events, without recursion and without types: an object loader loses
duplicate keys, reads 0404 as 260, dies of deep nesting and hangs on merge keys. A scalar keeps its text as
it was written and whether it was plain, so that `kind_of` can tell what YAML makes of it, and refuse what
YAML 1.1 and 1.2 read differently.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import yaml

from errdex.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: about twenty thousand operations."""
MAX_DEPTH = 32
"""The deepest nesting that is read; the format itself needs nine levels."""

Kind = Literal["text", "boolean", "integer", "number", "null", "ambiguous"]


class Scalar(NamedTuple):
    """A piece of text."""

    text: str
    plain: bool
    """True when it stands without quotes, so that YAML may take it for something else than text."""
    location: Location


class Sequence(NamedTuple):
    """A list."""

    items: list[Node]
    location: Location


class Mapping(NamedTuple):
    """Keys and values."""

    entries: dict[str, tuple[Scalar, Node]]
    """The key as it stands, and its value, by the text of the key."""
    location: Location


Node: TypeAlias = Scalar | Sequence | Mapping


class Source:
    """One file: its text, the tree made from it and what is wrong with it so far."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self.root: Node | None = None

    def problem(self, location: Location, message: str, length: int = 0) -> Problem:
        """Return a problem with its source line; a length of 0 underlines the scalar that stands there."""
        line = self.lines[location.line - 1].rstrip("\r") if 0 < location.line <= len(self.lines) else ""
        return Problem(location, message, line, length or _scalar_length(line, location.column))


def read_text(path: str) -> str:
    """Return the text of a UTF-8 file; a `SourceError` when it is no regular file, too big or no UTF-8."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(Problem(Location(path, 0, 0), "not a regular file"))
        if status.st_size > MAX_BYTES:
            raise SourceError(Problem(Location(path, 0, 0), f"larger than {MAX_BYTES // 1024 // 1024} MiB"))
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(Problem(Location(path, 0, 0), (error.strerror or str(error)).lower())) from None
    except ValueError as error:  # a NUL in the name
        raise SourceError(Problem(Location(path, 0, 0), str(error))) from None
    return decode(path, data)


def decode(path: str, data: bytes) -> str:
    """Return `data` as text; a `SourceError` that names the first wrong byte."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise SourceError(Problem(Location(path, 1, 1), "the file is UTF-16 or UTF-32, not UTF-8"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise SourceError(Problem(Location(path, line, column), message)) from None


class SourceError(Exception):
    """A file that cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


# Control characters, the separators that some tools and not others take for the end of a line, marks that
# turn the direction of text (a reviewer sees another order than the machine), surrogates, non-characters.
_FORBIDDEN = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_FORBIDDEN_VALUE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def parse(path: str, text: str) -> Source:
    """Return the file's tree; `problems` tells what is wrong, and `root` is None when there is no tree."""
    source = Source(path, text)
    found = [*_forbidden(source)]
    source.problems.extend(found)
    if not found:
        with _parsing(source) as parser:
            _compose(source, parser)
    return source


def events(source: Source) -> Iterator[Any]:
    """Yield PyYAML's events of a text that need not be a catalogue; text that is no YAML is a problem of the source."""
    with _parsing(source) as parser:
        while (event := parser.get_event()) is not None:
            yield event


@contextmanager
def _parsing(source: Source) -> Iterator[Any]:
    parser = _parser(source.text)
    try:
        yield parser
    except yaml.MarkedYAMLError as error:
        source.problems.append(_syntax_problem(source, error))
    except yaml.YAMLError as error:
        source.problems.append(source.problem(Location(source.path, 1, 1), f"not YAML: {error}".split("\n")[0]))
    finally:
        parser.dispose()


def _parser(text: str) -> Any:
    """Return libyaml's parser, or PyYAML's own, thirty times slower, where PyYAML was built without libyaml."""
    if yaml.__with_libyaml__:
        from yaml.cyaml import CParser

        return CParser(text)
    return yaml.SafeLoader(text)


def _forbidden(source: Source) -> Iterator[Problem]:
    for match in _FORBIDDEN.finditer(source.text):
        start = match.start()
        line = source.text.count("\n", 0, start) + 1
        column = start - (source.text.rfind("\n", 0, start) + 1) + 1
        yield source.problem(Location(source.path, line, column), _forbidden_message(match[0][0], start), 1)
        if line > 100:
            break


def _forbidden_message(character: str, offset: int) -> str:
    code = ord(character)
    if character == "\ufeff" and offset == 0:
        return "the file starts with a byte order mark"
    if character == "\r":
        return "a carriage return stands without a line feed"
    if 0xD800 <= code <= 0xDFFF:
        return f"U+{code:04X} is a lone surrogate"
    return f"character U+{code:04X} is not allowed"


def _compose(source: Source, parser: Any) -> None:
    """Build the tree from the parser's events, on an explicit stack.

    The three kinds of frame are told apart by what is open: `entries` of a mapping, `items` of a list, or
    neither, for the root and for what is thrown away (the key of a pair that cannot be one).
    """
    path, problems, new = source.path, source.problems, tuple.__new__
    scalar_event, alias_event = yaml.ScalarEvent, yaml.AliasEvent
    mapping_start, sequence_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    get_event = parser.get_event
    stack: list[tuple[dict[str, tuple[Scalar, Node]] | None, list[Node] | None, Scalar | None, Node | None]] = []
    entries: dict[str, tuple[Scalar, Node]] | None = None
    items: list[Node] | None = None
    key: Scalar | None = None
    current: Node | None = None
    good_keys: set[str] = set()
    documents = 0
    while True:
        event = get_event()
        kind = type(event)
        mark = event.start_mark
        location: Location = new(Location, (path, mark.line + 1, mark.column + 1))
        node: Node
        if kind is scalar_event:
            value = event.value
            plain = event.implicit[0]
            node = new(Scalar, (value, plain, location))
            if event.tag is not None:
                problems.append(source.problem(location, f"tag {event.tag} is not allowed", 1))
            elif not plain and _FORBIDDEN_VALUE.search(value):
                problems.append(source.problem(location, _escape_message(value)))
            if entries is not None and key is None:
                key = node
                if value in entries:
                    first = entries[value][0].location.line
                    problems.append(source.problem(location, f"key '{value}' is said twice, first in line {first}"))
                elif value not in good_keys:
                    message = _bad_key(node)
                    if message:
                        problems.append(source.problem(location, message))
                    else:
                        good_keys.add(value)
                continue
        elif kind is mapping_start or kind is sequence_start:
            if event.tag is not None:
                problems.append(source.problem(location, f"tag {event.tag} is not allowed", 1))
            if len(stack) >= MAX_DEPTH:
                problems.append(source.problem(location, f"nested deeper than {MAX_DEPTH} levels", 1))
                return
            if entries is not None and key is None:
                problems.append(source.problem(location, "a key is a list or a mapping, not text", 1))
            stack.append((entries, items, key, current))
            key = None
            if kind is mapping_start:
                entries, items = {}, None
                current = new(Mapping, (entries, location))
            else:
                entries, items = None, []
                current = new(Sequence, (items, location))
            continue
        elif kind is mapping_end or kind is sequence_end:
            assert current is not None
            node = current
            entries, items, key, current = stack.pop()
            if entries is not None and key is None:  # it was a key: its value is read and dropped
                key = new(Scalar, ("", False, node.location))
                continue
        elif kind is alias_event:
            problems.append(source.problem(location, f"alias *{event.anchor} is not allowed: shared things have names"))
            node = new(Scalar, ("", False, location))
            if entries is not None and key is None:
                key = node
                continue
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                problems.append(source.problem(location, "a second document starts here"))
                return
            continue
        elif kind is yaml.StreamEndEvent:
            return
        else:
            continue
        if entries is not None:
            assert key is not None
            if key.text not in entries:
                entries[key.text] = (key, node)
            key = None
        elif items is not None:
            items.append(node)
        else:
            source.root = node


def _escape_message(value: str) -> str:
    match = _FORBIDDEN_VALUE.search(value)
    assert match is not None
    return f"the text holds U+{ord(match[0]):04X}, which is not allowed"


def _bad_key(key: Scalar) -> str:
    if key.plain and key.text == "<<":
        return "merge key '<<' is not allowed: shared things have names"
    kind = kind_of(key)
    if kind in ("text", "integer"):
        return ""
    return f"key {as_read(key)}"


def as_read(scalar: Scalar) -> str:
    """Say what YAML makes of a scalar: `'no' is false in YAML 1.1 and text in YAML 1.2`."""
    text = scalar.text
    kind = kind_of(scalar)
    if kind == "text":
        return f"'{_short(text)}' is text"
    if kind == "null":
        return f"'{text}' is null" if text else "has no value"
    if kind == "boolean":
        return f"'{text}' is a boolean"
    if kind in ("integer", "number"):
        return f"'{_short(text)}' is a number"
    reading = "false" if text.lower() in ("no", "off", "n") else "true"
    if text.lower() not in ("y", "n", "yes", "no", "on", "off"):
        reading = (
            "a date" if _DATE.match(text) else "another number" if text[0] in "0123456789+-" else "a special value"
        )
    return f"'{_short(text)}' is {reading} in YAML 1.1 and not in YAML 1.2"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."


_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_WORDS_1_1 = frozenset(
    word for base in ("y", "n", "yes", "no", "on", "off") for word in (base, base.title(), base.upper())
) | {"=", "<<"}
_STARTS = frozenset("0123456789+-.~ntfyoNTFYO=<")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
# What one of the two versions of YAML takes for a number or a date: 0404, 0o17, 0x194, 4_04, 6:44, 2026-11-22.
_AMBIGUOUS = re.compile(
    r"[-+]?0[0-9_]+(?:\.[0-9_]*)?|[-+]?0[obx][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?"
)


def kind_of(scalar: Scalar) -> Kind:
    """Return what YAML makes of a scalar; `ambiguous` when versions 1.1 and 1.2 disagree."""
    text = scalar.text
    if not scalar.plain or (text and text[0] not in _STARTS):
        return "text"
    if text in _NULL:
        return "null"
    if text in _BOOLEAN:
        return "boolean"
    if text in _WORDS_1_1:
        return "ambiguous"
    if _INTEGER.fullmatch(text):
        return "integer"
    if _NUMBER.fullmatch(text):
        return "number"
    return "ambiguous" if _AMBIGUOUS.fullmatch(text) else "text"


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    said = str(error.problem or error.context or "not YAML")
    if "\\t" in said or ("cannot start any token" in said and _at(source, line, column) == "\t"):
        said = "a tab stands where YAML wants spaces"
    elif said == "mapping values are not allowed in this context":
        said = "a colon and a space start a value here; text with a colon needs quotes"
    elif error.context:
        said = f"{said} ({error.context})"
    return source.problem(Location(source.path, line, column), said, 1)


def _at(source: Source, line: int, column: int) -> str:
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    return text[column - 1 : column]


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


def _scalar_length(line: str, column: int) -> int:
    rest = line[column - 1 :]
    quoted = _QUOTED.match(rest)
    if quoted:
        return quoted.end()
    plain = re.match(r"[^\s,\]}{\[:#]+(?:[ ]*(?:[^\s,\]}{\[:#]|:(?=\S))+)*", rest)
    return max(1, plain.end() if plain else 1)
