"""From the text of a YAML or JSON file to a tree of nodes that know their place.

The tree is built from libyaml's events, without recursion and without types: an object loader loses
duplicate keys, reads 0404 as 260, dies of deep nesting and hangs on merge keys.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from errdex.catalogue.nodes import Mapping, Nowhere, Refused, Scalar, Sequence, as_read, kind_of, short
from errdex.catalogue.syntax import explain
from errdex.errors import Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from errdex.catalogue.nodes import Entries, Mark, Node

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: about twenty thousand operations."""
PIECE = 64 * 1024
"""Bytes that are decoded at a time."""
MAX_PROBLEMS = 500
"""How many problems of a catalogue are told; more are not even looked for, so that no file can make that endless."""
MAX_DEPTH = 32
"""The deepest nesting that is read; the format itself needs nine levels."""


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

    def refuse(self, mark: Mark, message: str, length: int = 1) -> None:
        """Keep a problem at a mark, unless there are too many already."""
        if len(self.problems) <= MAX_PROBLEMS:
            location = Location(self.path, mark.line + 1, mark.column + 1)
            self.problems.append(self.problem(location, message, length))


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
        return _decoded(data)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        place = Location(path, data.count(b"\n", 0, start) + 1, len(data[start : error.start].decode()) + 1)
        line = data[start:].partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
        raise SourceError(Problem(place, f"byte 0x{data[error.start]:02X} is not UTF-8", line)) from None


def _decoded(data: bytes) -> str:
    """Return the text of UTF-8 bytes, decoded in pieces.

    ASCII is copied, up to the first other character of a piece: one emoji makes the rest of it five times slower.
    """
    decode = codecs.getincrementaldecoder("utf-8")().decode
    pieces = [decode(data[start : start + PIECE]) for start in range(0, len(data), PIECE)]
    return "".join([*pieces, decode(b"", final=True)])


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
    source.problems.extend(islice(_forbidden(source), MAX_PROBLEMS + 1))
    if not source.problems:
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
    import yaml  # not at the top: a description in JSON is read without it

    parser = _parser(source)
    try:
        yield parser
    except yaml.MarkedYAMLError as error:
        source.problems.append(_syntax_problem(source, error))
    except yaml.YAMLError as error:
        source.problems.append(source.problem(Location(source.path, 1, 1), f"not YAML: {error}".split("\n")[0]))
    finally:
        parser.dispose()


class _NamedText(io.StringIO):
    """A text whose name libyaml gives to every mark."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def _parser(source: Source) -> Any:  # noqa: ANN401  # what PyYAML gives has no types
    """Return libyaml's parser, or PyYAML's own, thirty times slower, where PyYAML was built without libyaml."""
    import yaml

    stream = _NamedText(source.path, source.text)
    if yaml.__with_libyaml__:
        return yaml.CSafeLoader(stream)
    return yaml.SafeLoader(stream)


_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + b"\t\n"


def _forbidden(source: Source) -> Iterator[Problem]:
    if source.text.isascii() and not source.text.encode().translate(None, _PLAIN_BYTES):
        return  # ten times faster than the search, and so nearly every file
    for match in _FORBIDDEN.finditer(source.text):
        start = match.start()
        line = source.text.count("\n", 0, start) + 1
        column = start - (source.text.rfind("\n", 0, start) + 1) + 1
        yield source.problem(Location(source.path, line, column), _forbidden_message(match[0][0], start), 1)


def _forbidden_message(character: str, offset: int) -> str:
    code = ord(character)
    if character == "\ufeff" and offset == 0:
        return "the file starts with a byte order mark"
    if character == "\r":
        return "a carriage return stands without a line feed"
    if 0xD800 <= code <= 0xDFFF:
        return f"U+{code:04X} is a lone surrogate"
    return f"character U+{code:04X} is not allowed"


class _Frame(NamedTuple):
    """A mapping or a list that is still open; neither is set for what cannot be a node, such as a list as a key."""

    entries: Entries | None
    items: list[Node] | None
    key: Scalar | None
    """The key whose value comes next."""
    node: Node | None


_DROPPED = Scalar("", plain=False, mark=Nowhere(""))
"""A key that has been refused: its value is read and dropped."""


def _compose(source: Source, parser: Any) -> None:  # noqa: ANN401, PLR0915  # untyped; one loop, see below
    """Build the tree from the parser's events, on an explicit stack.

    What is open is held in four local names rather than in a frame, and no step is a function of its own: this loop
    runs once for each of a hundred thousand nodes, and is half of what reading a catalogue costs.
    """
    import yaml

    new = tuple.__new__
    scalar_event, mapping_start, mapping_end = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.MappingEndEvent
    sequence_start, sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
    escapes = "\\" in source.text
    good_keys: set[str] = set()
    stack: list[_Frame] = []
    entries: Entries | None = None
    items: list[Node] | None = None
    key: Scalar | None = None
    current: Node | None = None
    for event in iter(parser.get_event, None):
        kind = type(event)
        node: Node
        if kind is scalar_event:
            value = event.value
            plain = event.implicit[0]  # False with quotes, and with a tag
            node = new(Scalar, (value, plain, event.start_mark))
            if not plain and (escapes or event.tag is not None):
                _check_scalar(source, node, event.tag)
            if entries is not None and key is None:
                key = node
                if value not in good_keys or value in entries:
                    message = _key_message(key, entries)
                    if message:
                        source.refuse(key.mark, message, 0)
                    else:
                        good_keys.add(value)
                continue
        elif kind is mapping_start or kind is sequence_start:
            if len(stack) == MAX_DEPTH:
                source.refuse(event.start_mark, f"nested deeper than {MAX_DEPTH} levels")
                return
            if event.tag is not None:
                source.refuse(event.start_mark, f"tag {event.tag} is not allowed")
            if entries is not None and key is None:
                source.refuse(event.start_mark, "a key is a list or a mapping, not text")
            stack.append(new(_Frame, (entries, items, key, current)))
            key = None
            if kind is mapping_start:
                entries, items = {}, None
                current = new(Mapping, (entries, event.start_mark))
            else:
                entries, items = None, []
                current = new(Sequence, (items, event.start_mark))
            continue
        elif kind is mapping_end or kind is sequence_end:
            node = current  # type: ignore[assignment]  # never None: libyaml ends only what it has started
            entries, items, key, current = stack.pop()
            if entries is not None and key is None:  # it stood for a key: its value is read and dropped
                key = _DROPPED
                continue
        elif kind is yaml.AliasEvent:
            source.refuse(event.start_mark, f"alias *{event.anchor} is not allowed: what is shared has a name")
            node = Refused(event.start_mark)
            if entries is not None and key is None:
                key = _DROPPED
                continue
        elif kind is yaml.DocumentStartEvent and source.root is not None:
            source.refuse(event.start_mark, "a second document starts here")
            return
        elif kind is yaml.StreamEndEvent:
            return
        else:
            continue
        if key is not None and entries is not None:
            if key is not _DROPPED:
                entries.setdefault(key.text, (key, node))
            key = None
        elif items is not None:
            items.append(node)
        else:
            source.root = node


def _check_scalar(source: Source, node: Scalar, tag: str | None) -> None:
    if tag is not None:
        source.refuse(node.mark, f"tag {tag} is not allowed")
    found = _FORBIDDEN_VALUE.search(node.text)
    if found:
        source.refuse(node.mark, f"the text holds U+{ord(found[0]):04X}, which is not allowed", 0)


def _key_message(key: Scalar, entries: Entries) -> str:
    """Return what is wrong with a key, or nothing."""
    if key.text in entries:
        return f"key '{short(key.text)}' is said twice, first in line {entries[key.text][0].location.line}"
    if key.plain and key.text == "<<":
        return "merge key '<<' is not allowed: what is shared has a name"
    return "" if kind_of(key) in ("text", "integer") else f"key {as_read(key)}"


def _syntax_problem(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    fault = explain(
        source.lines, str(error.problem or ""), error.problem_mark, str(error.context or ""), error.context_mark
    )
    return source.problem(Location(source.path, fault.line, fault.column), fault.message, 1)


_PLAIN_END = re.compile(r":(?=\s|$)|\s#|[,\[\]{}]")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


def _scalar_length(line: str, column: int) -> int:
    rest = line[column - 1 :]
    quoted = _QUOTED.match(rest)
    if quoted:
        return quoted.end()
    return max(1, len(_PLAIN_END.split(rest, maxsplit=1)[0].rstrip()))
