"""Read fields of a mapping as values.

Every reader bears with what the shape check has already found wrong: a node of the wrong kind reads as
absent. So one run tells the faults of shape and those of meaning together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.model import Deprecation
from errdex.catalogue.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.nodes import Entries, Node


def entries_of(node: Node | None) -> Entries:
    """Return the keys and values of a mapping."""
    return node.entries if isinstance(node, Mapping) else {}


def value(entries: Entries, name: str) -> Node | None:
    """Return the value of a key."""
    entry = entries.get(name)
    return entry[1] if entry else None


def items(entries: Entries, name: str) -> list[Node]:
    """Return the items of a list."""
    node = value(entries, name)
    return node.items if isinstance(node, Sequence) else []


def text(entries: Entries, name: str) -> str:
    """Return a text as it is written; empty when there is none."""
    entry = entries.get(name)
    if entry is None:
        return ""
    node = entry[1]
    return node.text if isinstance(node, Scalar) else ""


def line(entries: Entries, name: str) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(text(entries, name).split())


def texts(entries: Entries, name: str) -> Iterator[str]:
    """Yield the texts of a list."""
    return (item.text for item in items(entries, name) if isinstance(item, Scalar))


def pairs(entries: Entries, name: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a mapping with their texts."""
    for key, (_, node) in entries_of(value(entries, name)).items():
        if isinstance(node, Scalar):
            yield key, node.text


def flag(entries: Entries, name: str) -> bool | None:
    """Return true, false or None when it is not said."""
    word = text(entries, name)
    return word.lower() == "true" if word else None


def deprecation(entries: Entries) -> Deprecation | None:
    """Return what `deprecated` says, in any of its three forms."""
    node = value(entries, "deprecated")
    if isinstance(node, Mapping):
        return Deprecation(text(node.entries, "since"), text(node.entries, "use"))
    if not isinstance(node, Scalar) or (node.plain and node.text.lower() == "false"):
        return None
    return Deprecation("" if node.plain and node.text.lower() == "true" else node.text, "")
