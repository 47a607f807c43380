"""From the running text of a response to its summary, causes and remedies.

Nothing is reworded: what the parts say, put together again, is the text. Only what has a form is taken apart: a list
after a colon holds causes, sentences at the end that begin with an order are remedies.
"""

from __future__ import annotations

import re

from errdex.records import NamedTuple

_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
_ORDER = re.compile(
    r"(?:Please )?(?:Make sure|Ensure|Try|Retry|Check|Verify|Wait|Contact|Correct|Restart|Reduce|Repeat|Reconnect)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")


class Reason(NamedTuple):
    """A cause as a text has it."""

    says: str
    remedies: tuple[str, ...]


class Wording(NamedTuple):
    """A text, taken apart."""

    summary: str
    detail: str
    reasons: tuple[Reason, ...]
    remedies: tuple[str, ...]


def take_apart(summary: str, detail: str) -> Wording:
    """Return the parts of a response's first paragraph and of what comes after it."""
    reasons: tuple[Reason, ...] = ()
    items = list_items(detail)
    if items and summary.endswith(":"):
        reasons = tuple(map(reason, items))
        return Wording(summary, "", reasons, ())
    if detail:
        return Wording(summary, detail, (), ())
    says, remedies = orders(summary)
    return Wording(says, "", (), remedies)


def reason(text: str) -> Reason:
    """Return a cause with the orders at its end as its remedies."""
    return Reason(*orders(text))


def orders(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what a text says, and the sentences at its end that tell what to do; the first sentence is never one."""
    sentences = _SENTENCE.split(text)
    first = len(sentences)
    while first > 1 and _ORDER.match(sentences[first - 1]):
        first -= 1
    return " ".join(sentences[:first]), tuple(sentences[first:])


def list_items(text: str) -> list[str]:
    """Return the items of a text that is one list and nothing else, each on one line; nothing for any other text."""
    items: list[list[str]] = []
    for line in text.splitlines():
        marker = _ITEM.match(line)
        if marker and not line.startswith("    "):
            items.append([line[marker.end() :]])
        elif items and line.startswith("  "):
            items[-1].append(line)
        elif line.strip():
            return []
    return [" ".join(" ".join(item).split()) for item in items]
