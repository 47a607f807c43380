"""Names of generated things: classes, members and file names, each of one pattern.

Nothing here asks the running interpreter what is taken: its builtins, keywords and reason phrases differ by
version, and the same catalogue must give the same names everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
MEMBER_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# Words as people see them: HTTPServer2 is HTTP, Server2; getPetById is get, Pet, By, Id.
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")

TAKEN_CLASS_NAMES = frozenset({
    "True", "False", "None", "Ellipsis", "NotImplemented", "ArithmeticError", "AssertionError", "AttributeError",
    "BaseException", "BaseExceptionGroup", "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning",
    "ChildProcessError", "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError",
    "ConnectionResetError", "DeprecationWarning", "EOFError", "EncodingWarning", "EnvironmentError", "Exception",
    "ExceptionGroup", "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning",
    "GeneratorExit", "IOError", "ImportError", "ImportWarning", "IndentationError", "IndexError",
    "InterruptedError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError",
    "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplementedError", "OSError", "OverflowError",
    "PendingDeprecationWarning", "PermissionError", "ProcessLookupError", "PythonFinalizationError",
    "RecursionError", "ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration",
    "StopIteration", "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError", "TimeoutError",
    "TypeError", "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError",
    "UnicodeTranslateError", "UnicodeWarning", "UserWarning", "ValueError", "Warning", "WindowsError",
    "ZeroDivisionError",
})  # fmt: skip
"""Builtins of any Python from 3.9 on that a class name could hide."""

_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


def words(text: str) -> tuple[str, ...]:
    """Return the ASCII words of a text: at humps, digits stay with what stands before them."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() if not text.isascii() else text
    return tuple(_WORD.findall(ascii_text.replace("'", "")))


def class_name(text: str, suffix: str = "") -> str:
    """Return a CamelCase name: `write-activity-records` is WriteActivityRecords.

    A name that hides a builtin gets `Api` before it: `class_name("permission", "Error")` is ApiPermissionError.
    """
    name = _humps(text) + suffix
    if not name or not name[0].isalpha():
        name = f"N{name}"
    return f"Api{name}" if name in TAKEN_CLASS_NAMES else name


@lru_cache(1 << 12)
def _humps(text: str) -> str:
    """Return a text's words with humps; an operation has a class for each of its errors."""
    return "".join(word[0].upper() + word[1:] for word in words(text))


def member_name(text: str) -> str:
    """Return an UPPER_SNAKE name: `XMLError` is XML_ERROR, `rate-limit` is RATE_LIMIT."""
    name = "_".join(words(text)).upper()
    return name if name and name[0].isalpha() else f"N{name}"


def slug(text: str) -> str:
    """Return a lower-case name for a file or an anchor: `GET /a/{b}` is get-a-b; never a device name of Windows."""
    name = "-".join(
        re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())
    )
    return f"{name}-x" if name in _DEVICES else name or "unnamed"


@lru_cache(1 << 14)
def anchor(name: str) -> str:
    """Return an id as the site's addresses have it: itself, unless it has characters that an address must not have.

    A page's file and its HTML ids are named so, and what links to them has to be: `repos/get` is repos_2fget.
    """
    return re.sub(r"[^A-Za-z0-9._-]|^[.]|[.](?=[.])", lambda match: f"_{match.group().encode().hex()}", name) or "_"


def is_device(name: str) -> bool:
    """Tell whether Windows keeps this name, with any ending, for a device."""
    return name.partition(".")[0].lower() in _DEVICES


def collisions(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (first, second, name) for each pair of ids, given as (id, name), whose names are one but for case."""
    seen: dict[str, str] = {}
    for identifier, name in names:
        first = seen.setdefault(name.casefold(), identifier)
        if first != identifier:
            yield first, identifier, name
