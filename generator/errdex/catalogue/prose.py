"""Catalogue prose: one paragraph of text with `code`, *emphasis* and [links](ref:id).

Nothing else is markup, so that every renderer can show exactly what was written. What does not close is plain
text; a backslash makes the punctuation mark after it plain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from errdex.catalogue.suggest import suggestion
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Text(NamedTuple):
    """Plain text."""

    text: str


class Code(NamedTuple):
    """Something to be typed or seen as it stands."""

    text: str


class Emphasis(NamedTuple):
    """Stressed text."""

    text: str


class Link(NamedTuple):
    """Text that leads somewhere."""

    text: str
    """Plain text."""
    target: str
    """`ref:ID`, an http, https or mailto URL, or a relative one."""

    @property
    def ref(self) -> str:
        """The id of the catalogue's link that is meant; empty when the target is a URL."""
        return self.target[4:] if self.target.startswith("ref:") else ""


Inline: TypeAlias = Text | Code | Emphasis | Link

# Each alternative starts with its own character and ends at the first one that can end it: no backtracking.
_MARKUP = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|`([^`]+)`"
    r"|\*(?=[^\s*])([^*]*[^\s*])\*"
    r"|\[([^\[\]]+)\]\(([^()\s]*)\)"
)
_ABSOLUTE = re.compile(r"(?:https?://|mailto:)[!#-;=?-\[\]_a-z~]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@lru_cache(maxsize=4096)
def parse_prose(prose: str) -> tuple[Inline, ...]:
    """Return the prose as nodes; neighbouring text is one node, and runs of white space are one space."""
    nodes: list[Inline] = []
    text = ""
    end = 0
    prose = " ".join(prose.split())
    for match in _MARKUP.finditer(prose):
        start, stop = match.span()
        text += prose[end:start]
        end = stop
        escaped, code, emphasis, link, target = match.groups()
        if escaped is not None:
            text += escaped
            continue
        if text:
            nodes.append(Text(text))
            text = ""
        if code is not None:
            nodes.append(Code(code))
        elif emphasis is not None:
            nodes.append(Emphasis(_unescaped(emphasis)))
        else:
            nodes.append(Link(_unescaped(link).replace("`", ""), target))
    text += prose[end:]
    if text:
        nodes.append(Text(text))
    return tuple(nodes)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def plain(prose: str) -> str:
    """Return the prose without its markup, links as their text."""
    return "".join(node.text for node in parse_prose(prose)) if prose else ""


def links_of(prose: str) -> Iterator[Link]:
    """Yield the links of a prose, in their order."""
    if "](" in prose:
        for node in parse_prose(prose):
            if isinstance(node, Link):
                yield node


def link_faults(prose: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (part of the prose, what is wrong with it) for links that lead nowhere; a ref may name what is `known`."""
    if "](" not in prose:
        return
    for link in dict.fromkeys(links_of(prose)):
        fault = _target_fault(link, known)
        if fault:
            yield f"({link.target})", fault
    pieces = _MARKUP.split(prose)
    step = _MARKUP.groups + 1
    for rest, escaped in zip(pieces[::step], ["", *pieces[1::step]], strict=True):
        before, found, after = rest.partition("](")
        if found and escaped != "[":
            yield found, f"no link can be read at '{before[-20:]}]({after[:20]}'"


def _target_fault(link: Link, known: Collection[str]) -> str:
    if link.target.startswith("ref:"):
        return "" if link.ref in known else f"no link has the id '{link.ref}'{suggestion(link.ref, known)}"
    if not link.target:
        return f"the link '{link.text}' leads nowhere"
    if _ABSOLUTE.fullmatch(link.target):
        return ""
    if _SCHEME.match(link.target) or link.target.startswith(("//", "\\")):
        return f"the link '{link.text}' leads to '{link.target[:40]}', neither ref:, http, https, mailto nor relative"
    return ""
