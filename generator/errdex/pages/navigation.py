"""What the pages are called in a menu, and in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.pages.markup import entities
from errdex.pages.statuses import status_class
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.pages.site import Site


class NavEntry(NamedTuple):
    """A page, or a titled list of pages."""

    title: str
    """Escaped for HTML; empty lets the page's own title stand."""
    page: str
    """Path below the root of the reference; empty for a list."""
    entries: tuple[NavEntry, ...] = ()


def nav_entries(site: Site, pages: frozenset[str]) -> tuple[NavEntry, ...]:
    """Return the menu of the pages that were rendered."""
    entries = (
        NavEntry("Overview", "index.md"),
        NavEntry("Matrix", "", tuple(_folder(pages, "matrix")))
        if _many(pages, "matrix")
        else NavEntry("Matrix", "matrix/index.md"),
        NavEntry("Statuses", "", tuple(_statuses(site))),
        NavEntry("Operations", "", tuple(_operations(site, pages))),
        NavEntry("Problems", "", tuple(_problems(site))),
        NavEntry("Python module", "module.md"),
        NavEntry("Coverage", "coverage.md"),
        NavEntry("Changes", "changes.md"),
        NavEntry("Downloads", "downloads.md"),
    )
    return tuple(entry for entry in entries if entry.entries or entry.page in pages)


def nav_yaml(entries: tuple[NavEntry, ...]) -> str:
    """Return the menu as a `.nav.yml`, as mkdocs-awesome-nav and zensical read it; JSON is YAML."""
    return "# Made by errdex.\n" + json.dumps({"nav": [_as_yaml(entry) for entry in entries]}, indent=2) + "\n"


def _as_yaml(entry: NavEntry) -> object:
    value: object = [_as_yaml(child) for child in entry.entries] if entry.entries else entry.page
    return {entry.title: value} if entry.title else value


def _many(pages: frozenset[str], folder: str) -> bool:
    return sum(page.startswith(f"{folder}/") for page in pages) > 1


def _folder(pages: frozenset[str], folder: str) -> Iterator[NavEntry]:
    yield NavEntry("", f"{folder}/index.md")
    yield from (
        NavEntry("", page) for page in sorted(pages) if page.startswith(f"{folder}/") and page != f"{folder}/index.md"
    )


def _statuses(site: Site) -> Iterator[NavEntry]:
    yield NavEntry("All statuses", "codes/index.md")
    families: dict[str, list[NavEntry]] = {}
    for status in site.catalogue.statuses:
        entry = NavEntry(entities(f"{status.code} {status.reason}".strip()), site.status(status.code).page)
        families.setdefault(status_class(status.code) or "Any other status", []).append(entry)
    for family, entries in families.items():
        yield NavEntry(family, "", tuple(entries))


def _operations(site: Site, pages: frozenset[str]) -> Iterator[NavEntry]:
    yield NavEntry("All operations", "operations/index.md")
    if site.grouped:
        yield from (NavEntry("", page) for page in sorted(pages) if page.startswith("sections/"))
        return
    for section in site.sections:
        entries = tuple(NavEntry(entities(op.title), site.operation(op.id).page) for op in section.operations)
        if len(site.sections) > 1:
            yield NavEntry(entities(section.title), "", entries)
        else:
            yield from entries


def _problems(site: Site) -> Iterator[NavEntry]:
    if site.catalogue.problems:
        yield NavEntry("All problems", "problems/index.md")
    for problem in site.catalogue.problems:
        yield NavEntry(entities(problem.id), site.problem(problem).page)
