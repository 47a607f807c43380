"""The pages of the linter's rules, as they are in the documentation; a wheel carries them along."""

from __future__ import annotations

import os
from functools import cache

FOLDERS = (
    os.path.join(os.path.dirname(os.path.dirname(__file__)), "rule_pages"),
    os.path.join(os.path.dirname(__file__), *[os.pardir] * 3, "docs", "rules"),
)
"""Where a wheel and where a checkout has them."""


def rule_page(name: str) -> str:
    """Return the page of a rule; empty when there is no such rule."""
    folder = _folder()
    if name not in rule_names():
        return ""
    with open(os.path.join(folder, f"{name}.md"), encoding="utf-8") as stream:
        return stream.read()


@cache
def rule_names() -> frozenset[str]:
    """Return the names of the rules that have a page."""
    folder = _folder()
    names = os.listdir(folder) if folder else []
    return frozenset(name.removesuffix(".md") for name in names if name.endswith(".md") and name != "index.md")


@cache
def _folder() -> str:
    return next((folder for folder in FOLDERS if os.path.isdir(folder)), "")
