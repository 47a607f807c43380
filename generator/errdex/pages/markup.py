"""Catalogue text as Markdown that says exactly that text, in one of two dialects.

Text is parsed to the inline subset (code, emphasis, links) and written again; nothing of it is ever passed
through. In a *page*, every ASCII punctuation character of the text becomes a numeric entity, so that no Markdown
engine, extension or template language finds anything to act on. In a *twin*, which people and programs read as
plain text, a backslash does what it can and raw HTML is still impossible.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import TYPE_CHECKING, NewType
from urllib.parse import quote

from errdex.catalogue.prose import Code, Emphasis, Text, parse_prose
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from errdex.catalogue.prose import Inline

Markdown = NewType("Markdown", str)
"""Text that may stand in a Markdown file as it is."""

# ASCII stands for itself: each character that a table does not have costs an exception inside of `translate`.
_CONTROLS: dict[int, str | None] = {code: chr(code) for code in range(32, 127)}
# Line ends would begin blocks; other control characters are no text at all.
_CONTROLS |= dict.fromkeys((*range(32), *range(127, 160), 65279))
_CONTROLS |= {ord(character): " " for character in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
_ENTITIES = _CONTROLS | {ord(character): f"&#{ord(character)};" for character in string.punctuation}
_BACKSLASHES = _CONTROLS | {ord(character): f"\\{character}" for character in "\\`*_[]<>&|{}"}
_BLOCK_START = re.compile(r"(\d+)([.)])|([#+=~:>-])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Titles, codes and paths come back on page after page.
_REMEMBERED = 1 << 14
_URL_SAFE = "/:?#=&%.,;~+@-_"
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9/:?#=%.,;~+@_-]+")
"""Most URLs: they stand as they are."""


class Dialect(NamedTuple):
    """How text is written; each function takes plain text."""

    literal: Callable[[str], Markdown]
    code: Callable[[str], Markdown]
    emphasis: Callable[[str], Markdown]


@lru_cache(_REMEMBERED)
def entities(text: str) -> Markdown:
    """Return the text with every ASCII punctuation character as a numeric entity; good for HTML attributes too."""
    return Markdown(text.translate(_ENTITIES))


@lru_cache(_REMEMBERED)
def backslashes(text: str) -> Markdown:
    """Return the text readable as it is, and Markdown that means no more than it says."""
    escaped = text.translate(_BACKSLASHES)
    return Markdown(
        _BLOCK_START.sub(_backslash_before_mark, escaped, count=1) if _BLOCK_START.match(escaped) else escaped
    )


def _backslash_before_mark(match: re.Match[str]) -> str:
    number, dot, mark = match.groups()
    return f"{number}\\{dot}" if number else f"\\{mark}"


@lru_cache(_REMEMBERED)
def _backticks(text: str) -> Markdown:
    text = text.translate(_CONTROLS)
    longest = max((len(run) for run in re.findall("`+", text)), default=0) if "`" in text else 0
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{pad}{text}{pad}{fence}")


PAGE = Dialect(
    literal=entities,
    code=lambda text: Markdown(f"<code>{entities(text)}</code>"),
    emphasis=lambda text: Markdown(f"<em>{entities(text)}</em>"),
)
TWIN = Dialect(literal=backslashes, code=_backticks, emphasis=lambda text: Markdown(f"*{backslashes(text)}*"))


def safe_url(url: str) -> str | None:
    """Return the URL fit for a Markdown link, or None unless it is http(s), mailto or relative."""
    if _PLAIN_URL.fullmatch(url):
        return url
    url = url.strip()
    scheme = _SCHEME.match(url)
    if scheme and scheme.group().lower() not in {"http:", "https:", "mailto:"}:
        return None
    if not url or url.startswith("//") or "\\" in url:
        return None
    # Else a character reference such as &colon; would be one again in the attribute, after the scheme was judged.
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;")


def link(label: Markdown, url: str, up: str = "") -> Markdown:
    """Return a link; only its label when the URL is of a kind that a page must not carry.

    `up` stands before the URL as it is.
    """
    target = safe_url(url)
    return Markdown(f"[{label}]({up}{target})") if target is not None else label


def inline(dialect: Dialect, prose: str, refs: dict[str, str], up: str = "") -> Markdown:
    """Return prose as one line of Markdown.

    `refs` are the URLs of `ref:ID` targets; `up` leads from the page to the root of the reference, to which
    the relative links of a catalogue belong.
    """
    if "](" not in prose:  # no link: it is the same everywhere
        return _without_links(dialect, prose)
    return Markdown("".join(_nodes(dialect, parse_prose(prose), refs, up)).strip())


@lru_cache(_REMEMBERED)
def _without_links(dialect: Dialect, prose: str) -> Markdown:
    return Markdown("".join(_nodes(dialect, parse_prose(prose), {}, "")).strip())


def _nodes(dialect: Dialect, nodes: Iterable[Inline], refs: dict[str, str], up: str) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield dialect.literal(node.text)
        elif isinstance(node, Code):
            yield dialect.code(node.text)
        elif isinstance(node, Emphasis):
            yield dialect.emphasis(node.text)
        else:
            url = refs.get(node.ref, "") if node.ref else node.target
            relative = not _SCHEME.match(url) and not url.startswith(("#", "/"))
            yield link(dialect.literal(node.text), url, up if relative else "")
