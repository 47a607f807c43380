"""From plain data to YAML that a person likes to read and to edit.

A scalar stands without quotes only where every version of YAML reads it as the same text; else it is a JSON string,
which YAML reads too. Long text is folded, several lines are a literal block. What fits on a line and holds no block
stands on it, if the caller wants that: `{title: Read, endpoints: [GET /a]}`.
"""

from __future__ import annotations

import json
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 120

_PLAIN = re.compile(r"[A-Za-z/$](?:[A-Za-z0-9 _./()+=;<>~'$@%^*&!?|\"`\\{}\[\],-]++|:(?! ))*+(?<![ :])")
_FLOW_PLAIN = re.compile(r"[A-Za-z/$][A-Za-z0-9 _./()+=;<>~'$@%^*&!?|\"`\\-]*(?<! )")
_COLLECTION = (dict, list)
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def yaml_text(data: object, *, compact_from: int = sys.maxsize, indent: int = 0) -> str:
    """Return dictionaries, lists, strings, numbers, booleans and None as a YAML document.

    An `int` as a key stands without quotes. Mappings that are inside at least `compact_from` others (default: none)
    stand on one line where they fit. A part of a document has that many spaces before each line.
    """
    lines: list[str] = []
    _block(lines, data, indent, compact_from)
    return "\n".join((*lines, ""))


@lru_cache(1 << 14, typed=True)
def scalar_text(value: object, *, flow: bool = False) -> str:
    """Return a scalar on one line; `flow`: between brackets."""
    if not isinstance(value, str):
        # YAML 1.1 wants a dot in a number with an exponent.
        return re.sub(r"^(-?\d+)e", r"\1.0e", json.dumps(value)) if isinstance(value, float) else json.dumps(value)
    pattern = _FLOW_PLAIN if flow else _PLAIN
    if pattern.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(c if c.isprintable() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    """Return the escape of a character; a lone surrogate, which YAML cannot have, is U+FFFD."""
    return "\\ufffd" if "\ud800" <= character <= "\udfff" else f"\\U{ord(character):08x}"


def _block(lines: list[str], data: object, indent: int, compact_from: int) -> None:
    """Append the lines of a value; a large document has many levels, through which no line is handed up."""
    margin = " " * indent
    if isinstance(data, dict) and data:
        for key, value in data.items():
            head = f"{margin}{scalar_text(key)}:"
            if isinstance(value, dict) and value and compact_from > 1:  # most are: no need to see whether it fits
                lines.append(head)
                _block(lines, value, indent + 2, compact_from - 1)
            else:
                _entry(lines, head, value, indent + 2, compact_from - 1)
    elif isinstance(data, list) and data:
        for value in data:
            if isinstance(value, _COLLECTION) and value and _flow(value, WIDTH - indent - 2, compact_from) is None:
                first = len(lines)
                _block(lines, value, indent + 2, compact_from)
                lines[first] = f"{margin}- {lines[first].lstrip()}"
            else:
                _entry(lines, f"{margin}-", value, indent + 2, compact_from)
    else:
        lines.append(margin + (_flow(data, WIDTH, 0) or scalar_text(data)))


def _entry(lines: list[str], head: str, value: object, indent: int, compact_from: int) -> None:
    """Append what follows a key or a dash."""
    if isinstance(value, _COLLECTION):
        flow = _flow(value, WIDTH - len(head) - 1, compact_from)
        if flow is not None:
            lines.append(f"{head} {flow}")
        else:
            lines.append(head)
            _block(lines, value, indent, compact_from)
        return
    line = scalar_text(value)
    if isinstance(value, str) and "\n" in value and _is_literal(value):
        lines.append(f"{head} |-")
        lines.extend(f"{' ' * indent}{part}" if part else "" for part in value.split("\n"))
    elif len(head) + 1 + len(line) > WIDTH and isinstance(value, str) and _is_foldable(value):
        lines.append(f"{head} >-")
        lines.extend(_folded(value, indent))
    else:
        lines.append(f"{head} {line}")


def _is_literal(text: str) -> bool:
    """Say whether a text of several lines can stand in a literal block as it is."""
    lines = text.split("\n")
    return (
        all(line.isprintable() and not line.endswith(" ") for line in lines)
        and lines[0][:1] not in ("", " ")
        and lines[-1] != ""
    )


def _is_foldable(text: str) -> bool:
    """Say whether folding a text at its spaces and reading it again gives the same text."""
    return text.isprintable() and " ".join(text.split()) == text


def _folded(text: str, indent: int) -> Iterator[str]:
    line = " " * indent
    for word in text.split(" "):
        if len(line) > indent and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = " " * indent
        line += word if len(line) == indent else f" {word}"
    yield line


def _flow(data: object, room: int, compact_from: int) -> str | None:
    """Return a collection on one line; None when it does not fit or should not stand on one."""
    if isinstance(data, list):
        parts = []
        for item in data:
            part = _flow(item, room, compact_from) if isinstance(item, _COLLECTION) else _flow_scalar(item)
            if part is None or (isinstance(item, dict) and item):
                return None
            parts.append(part)
        text = f"[{', '.join(parts)}]"
    elif isinstance(data, dict):
        if data and compact_from > 0:
            return None
        parts = []
        for key, item in data.items():
            part = _flow(item, room, compact_from) if isinstance(item, _COLLECTION) else _flow_scalar(item)
            if part is None:
                return None
            parts.append(f"{scalar_text(key, flow=True)}: {part}")
        text = f"{{{', '.join(parts)}}}"
    else:
        return None
    return text if len(text) <= room else None


def _flow_scalar(value: object) -> str | None:
    return None if isinstance(value, str) and "\n" in value else scalar_text(value, flow=True)
