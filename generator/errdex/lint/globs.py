"""Globs, matched in a time that does not explode: a pattern that is read from a configuration may be anybody's.

`*` and `?` stay within one folder, `**` does not. A regular expression with many stars tries all ways to share a name
out between them; where there are more than a few, all ways are followed at once, character by character.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}

#: With more stars than that, a regular expression is not asked.
_FEW = 3


def matches(path: str, pattern: str) -> bool:
    """Return whether the glob speaks of a path, or of a folder above it, wherever the path begins."""
    parts = _parts(pattern)
    if sum(part.startswith("*") for part in parts) > _FEW:
        return _is_taken(_steps(parts), path)
    return _expression(pattern).match(path) is not None


def _parts(pattern: str) -> list[str]:
    """Return the wild pieces of a glob and what stands between them; a slash before it makes it begin with the path."""
    start = "" if pattern.startswith("/") else "**/"
    return [part for part in re.split(r"(\*\*/|\*\*|\*|\?)", start + pattern.removeprefix("./").strip("/")) if part]


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    body = "".join(_WILD.get(part) or re.escape(part) for part in _parts(pattern))
    return re.compile(f"/?{body}(?:/.*)?\\Z", re.DOTALL)


def _steps(parts: Iterable[str]) -> list[str]:
    """Return what a path is taken by, one step for a character; folders have one to skip them and one to take them."""
    steps: list[str] = []
    for part in parts:
        steps.extend(("skip", "**/") if part == "**/" else (part,) if part in _WILD else part)
    return steps


def _is_taken(steps: list[str], path: str) -> bool:
    """Return whether the steps take the path, or a folder above it: wherever one can be after each character."""
    end = len(steps)
    reached = _with_empty(steps, {0})
    for index, character in enumerate(path):
        if end in reached and character == "/":
            return True
        # A slash at its beginning may be left out.
        after = {0} if index == 0 and character == "/" else set()
        for at in reached - {end}:
            step = steps[at]
            stays = step in ("**", "**/") or (step == "*" and character != "/")
            if stays:
                after.add(at)
            if step == character or (step == "?" and character != "/") or (step == "**/" and character == "/"):
                after.add(at + 1)
        reached = _with_empty(steps, after)
    return end in reached


def _with_empty(steps: list[str], reached: set[int]) -> set[int]:
    """Return where one can be without a further character."""
    pending = list(reached)
    found: set[int] = set()
    while pending:
        at = pending.pop()
        if at in found:
            continue
        found.add(at)
        if at < len(steps):
            pending.extend({"skip": (at + 1, at + 2), "*": (at + 1,), "**": (at + 1,)}.get(steps[at], ()))
    return found
