"""The manual page, errdex(1), from what the parsers of the commands say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex import __version__
from errdex.cli.completion import described

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT = (
    ("0", "nothing to report"),
    ("1", "findings, or output that is not up to date"),
    ("2", "it cannot run: usage, configuration or a catalogue"),
    ("3", "a bug in errdex"),
)
ENVIRONMENT = (
    ("NO_COLOR", "no colours, whatever the terminal"),
    ("FORCE_COLOR", "colours, whatever the output"),
    ("COLUMNS", "the width to write for"),
    ("ERRDEX_DEBUG", "shows the traceback of a bug"),
)
FILES = (
    ("errdex.toml, pyproject.toml", "the configuration: the nearest one upwards, to the top of the repository"),
    (".errdex_cache", "what earlier runs have learnt; it can be removed at any time"),
)


def manual() -> str:
    """Return the page as roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH ERRDEX 1 "" "errdex {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"errdex \- one catalogue of an API's answers: a reference site, an exception module, a linter"
    yield ".SH SYNOPSIS"
    yield r".B errdex"
    yield r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]..."
    yield ".SH DESCRIPTION"
    yield "A catalogue says what every operation of an HTTP API can answer. From it errdex makes the reference that"
    yield "people read and the exceptions that programs catch, and checks that client code deals with every answer."
    yield ".SH COMMANDS"
    for command in described():
        yield f".SS errdex {_text(command.name)}"
        yield _text(f"{command.says[0].upper()}{command.says[1:]}.")
        for option in command.options:
            names = ", ".join(rf"\fB{_text(name)}\fR" for name in option.names)
            yield ".TP"
            yield names + (rf" \fI{_text(option.takes)}\fR" if option.takes else "")
            yield _text(option.says)
    for title, rows in (("EXIT STATUS", EXIT), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        for name, says in rows:
            yield ".TP"
            yield rf"\fB{_text(name)}\fR"
            yield _text(says)


def _text(text: str) -> str:
    """Return text that roff takes for text: a dot or a quote at the start of a line is none of its requests."""
    plain = (
        text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga").replace("^", r"\(ha")
    )
    plain = plain.replace("~", r"\(ti")
    return re.sub(r"^\.", r"\\\&.", plain)
