"""What GitHub's runner takes out of a log: src/Runner.Common/ActionCommand.cs of actions/runner, line by line.

It reads lines as .NET's `StreamReader` does, and looks for `::` as .NET looks for text: characters that a language
does not weigh can stand between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTERED = {
    "set-env", "set-output", "save-state", "add-mask", "add-path", "add-matcher", "remove-matcher", "debug", "warning",
    "error", "notice", "group", "endgroup", "echo", "stop-commands",
}  # fmt: skip
KEY = re.compile(":[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*:")
DATA = (("\r", "%0D"), ("\n", "%0A"), ("%", "%25"))
PROPERTY = (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25"))
OLD = ((";", "%3B"), ("\r", "%0D"), ("\n", "%0A"), ("]", "%5D"), ("%", "%25"))


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def commands(log: str) -> Iterator[Command]:
    """Yield what the runner acts upon."""
    for line in re.split("\r\n|\r|\n", log):
        found = parse_v2(line) or parse(line)
        if found:
            yield found


def parse_v2(message: str) -> Command | None:
    message = message.lstrip()
    start = KEY.match(message)
    end = start and KEY.search(message, 2)
    if not start or not end:
        return None
    name, _, properties = message[2 : end.start()].partition(" ")
    if name.lower() not in REGISTERED:
        return None
    pairs = of_pairs(properties.strip(), ",", PROPERTY)
    return Command(name, pairs, unescaped(message[end.start() + 2 :], DATA))


def parse(message: str) -> Command | None:
    start = message.find("##[")
    end = message.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, properties = message[start + 3 : end].partition(" ")
    if name.lower() not in REGISTERED:
        return None
    return Command(name, of_pairs(properties, ";", OLD), unescaped(message[end + 1 :], OLD))


def of_pairs(text: str, between: str, mappings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found = {}
    for pair in text.split(between):
        # Split(new[] { '=' }, 2, RemoveEmptyEntries): no part begins with what is split at.
        name, _, value = pair.lstrip("=").partition("=")
        if name and (value := value.lstrip("=")):
            found[name] = unescaped(value, mappings)
    return found


def unescaped(text: str, mappings: tuple[tuple[str, str], ...]) -> str:
    for token, replacement in mappings:
        text = text.replace(replacement, token)
    return text
