"""The tree of a YAML or JSON text, and what YAML makes of the scalars in it.

A scalar keeps its text as it was written and whether it was plain. `kind_of` tells what YAML makes of it, and
that versions 1.1 and 1.2 disagree: `no`, 0404 and 6:44 are one thing to an editor and another to a script.
"""

from __future__ import annotations

import re
from typing import Literal, Protocol, TypeAlias

from errdex.errors import Location
from errdex.records import NamedTuple

Kind = Literal["text", "boolean", "integer", "number", "null", "ambiguous"]


class Mark(Protocol):
    """Where libyaml saw the start of a node."""

    @property
    def name(self) -> str:
        """The file."""

    @property
    def line(self) -> int:
        """0-based."""

    @property
    def column(self) -> int:
        """0-based, in characters."""


class Nowhere(NamedTuple):
    """The mark of what stands in no file."""

    name: str
    line: int = -1
    column: int = -1


class Scalar(NamedTuple):
    """A piece of text."""

    text: str
    plain: bool
    """True when it stands without quotes, so that YAML may take it for something else than text."""
    mark: Mark

    @property
    def location(self) -> Location:
        """Where it starts."""
        return Location(self.mark.name, self.mark.line + 1, self.mark.column + 1)


class Sequence(NamedTuple):
    """A list."""

    items: list[Node]
    mark: Mark

    @property
    def location(self) -> Location:
        """Where it starts."""
        return Location(self.mark.name, self.mark.line + 1, self.mark.column + 1)


class Mapping(NamedTuple):
    """Keys and values."""

    entries: Entries
    """The key as it stands, and its value, by the text of the key."""
    mark: Mark

    @property
    def location(self) -> Location:
        """Where it starts."""
        return Location(self.mark.name, self.mark.line + 1, self.mark.column + 1)


class Refused(NamedTuple):
    """A node that is not allowed and has been reported, such as an alias; it reads as anything and as nothing."""

    mark: Mark


Node: TypeAlias = Scalar | Sequence | Mapping | Refused
Entries: TypeAlias = dict[str, tuple[Scalar, Node]]


def kind_of(scalar: Scalar) -> Kind:
    """Return what YAML makes of a scalar; `ambiguous` when versions 1.1 and 1.2 disagree."""
    text = scalar.text
    if not scalar.plain or (text and text[0] not in _STARTS):
        return "text"
    if text in _NULL:
        return "null"
    if text in _BOOLEAN:
        return "boolean"
    if text in _WORDS_OF_1_1:
        return "ambiguous"
    if _INTEGER.fullmatch(text):
        return "integer"
    if _NUMBER.fullmatch(text):
        return "number"
    return "ambiguous" if _AMBIGUOUS.fullmatch(text) else "text"


def surely_text(scalar: Scalar) -> bool:
    """Tell in a tenth of the time of `kind_of` that a scalar is text; False is no answer."""
    text, plain, _ = scalar
    return not plain or (len(text) > 5 and text[0] not in _FIRST_OF_NUMBERS)


def as_read(scalar: Scalar) -> str:
    """Say what YAML makes of a scalar, such as `'no' is false in YAML 1.1 and text in YAML 1.2`."""
    text = short(scalar.text)
    match kind_of(scalar):
        case "text":
            return f"'{text}' is text"
        case "boolean":
            return f"'{text}' is a boolean"
        case "integer" | "number":
            return f"'{text}' is a number"
        case "null":
            return f"'{text}' is null" if text else "has no value"
        case "ambiguous":
            return f"'{text}' is {_readings(scalar.text)}"


def short(text: str) -> str:
    """Return the text, or as much of it as a message bears."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def _readings(text: str) -> str:
    if text.lower() in ("y", "yes", "on"):
        return "true in YAML 1.1 and text in YAML 1.2"
    if text.lower() in ("n", "no", "off"):
        return "false in YAML 1.1 and text in YAML 1.2"
    if _DATE.match(text):
        return "a date in YAML 1.1 and text in YAML 1.2"
    if re.fullmatch("0[0-7]{1,9}", text):
        return f"{int(text, 8)} in YAML 1.1 and {int(text)} in YAML 1.2"
    return "one thing in YAML 1.1 and another in YAML 1.2"


_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLEAN = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_WORDS_OF_1_1 = frozenset(
    word for base in ("y", "n", "yes", "no", "on", "off") for word in (base, base.title(), base.upper())
) | {"=", "<<"}
_STARTS = frozenset("0123456789+-.~ntfyoNTFYO=<")
_FIRST_OF_NUMBERS = frozenset("0123456789+-.~=<")
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
