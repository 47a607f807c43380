"""What tells values of two walks from one another: constants as they are, the rest by kind."""

from __future__ import annotations

from errdex.lint.values import (
    Body,
    Class,
    Function,
    Instance,
    Library,
    Mapping,
    Member,
    Response,
    Sequence,
    StatusValue,
    Text,
    Unknown,
)


def signature(value: object, depth: int = 0) -> object:
    """Return what tells a value from others: constants as they are, the rest by kind."""
    match value:
        case Response():
            return "RESPONSE" if value.tracked else "RESPONSE?"
        case StatusValue():
            if value.response.tracked and value.exact:
                return "STATUS"
            return ("part", value.value)
        case Body():
            return ("BODY", value.key) if value.response.tracked else "?"
        case Sequence() if depth < 3:
            return (value.kind, *(signature(item, depth + 1) for item in value.items[:8]), value.open)
        case Mapping() if depth < 3:
            return ("dict", *((str(key), signature(item, depth + 1)) for key, item in list(value.items.items())[:12]))
        case Instance() if depth < 3:
            held = (
                (k, signature(v, depth + 1)) for k, v in list(value.attributes.items())[:12] if not k.startswith("__")
            )
            return ("object", repr(value.cls), *held)
        case Member():
            return ("member", value.cls.name, value.name)
        case Unknown() | Text():
            return "?"
        case Class() | Library():
            return ("class", repr(value))
        case Function():
            return ("function", value.name)
        case _ if value is None or isinstance(value, str | int | float | bytes):
            return (type(value).__name__, value)
        case _:
            return "?"


def mentions(signed: object, word: str) -> bool:
    """Return whether a signature holds the word at any depth."""
    return signed == word or (isinstance(signed, tuple) and any(mentions(part, word) for part in signed))


def masked(signed: object, status: int) -> object:
    """Return the signature with the status itself blanked out of texts: it is another one in each walk."""
    if isinstance(signed, tuple):
        if len(signed) == 2 and signed[0] == "part" and isinstance(signed[1], str):
            # Text that a library or the code makes of a status: its reason is in it, too.
            return ("part",)
        return tuple(masked(part, status) for part in signed)
    return signed.replace(str(status), "STATUS") if isinstance(signed, str) else signed


def exit_status(signed: object) -> object:
    """Return what a signature of a SystemExit says the script is left with, None for nothing that is known."""
    match signed:
        case ("object", _, ("args", (_, (_, int() | str() as status), *_)), *_):
            return status
        case _:
            return None
