"""From a description to the text of a catalogue that people go on writing, and again when the description changes.

What was imported last is kept beside the catalogue, word for word. So an import can tell three things apart: what the
source says now, what it said, and what people made of it. `merging` brings them together; where both sides changed the
same thing the people's words stay, and what the source says stands above them in a comment, until somebody decides.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from errdex.catalogue.idiom import catalogue_data
from errdex.catalogue.load import load_catalogue
from errdex.catalogue.merging import merge
from errdex.catalogue.openapi import read_openapi
from errdex.catalogue.source import SourceError, read_text
from errdex.catalogue.status_table import read_status_table
from errdex.catalogue.yaml_text import yaml_text
from errdex.errors import CatalogueError
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Catalogue
    from errdex.errors import Problem

SCHEMA = "https://errdex.example/catalogue-1.schema.json"

# How deep a section is written in blocks, before what fits on a line stands on it.
_DEPTHS = {"api": 2, "responses": 4}


class Import(NamedTuple):
    """What an import gives."""

    text: str
    """The catalogue."""
    imported: str
    """What the source alone says: to be kept beside the catalogue for the next import."""
    conflicts: tuple[Problem, ...]
    """Places in the catalogue where people and the source both changed something, or that no longer fit together."""
    warnings: tuple[Problem, ...]
    """What the source does not say or cannot be read of it."""


def imported_path(path: str) -> str:
    """Return where the last import of a catalogue is kept; no pattern for catalogues matches it."""
    return f"{path}.imported"


def import_catalogue(source: str, path: str, people: str | None = None, last: str | None = None) -> Import:
    """Make a catalogue of an OpenAPI or Swagger description or a Markdown status table.

    `people` is the text that stands at `path` already, `last` what the last import gave as `imported`; without it all
    that differs from the source is a conflict. Raises CatalogueError when one of the files cannot be used.
    """
    catalogue, warnings = read_source(source)
    known = load_catalogue(imported_path(path), last) if last is not None else None
    imported = catalogue_text(catalogue, source, known)
    if people is None:
        return Import(imported, imported, (), warnings)
    merged = merge(path, last if last is not None else "catalogue: 1\n", people, imported)
    return Import(merged.text, imported, (*merged.conflicts, *_misfits(path, merged.text)), warnings)


def _misfits(path: str, text: str) -> tuple[Problem, ...]:
    """Return what is wrong with a merged text: people may refer to what the source has dropped."""
    try:
        load_catalogue(path, text)
    except CatalogueError as error:
        return error.problems
    return ()


def read_source(source: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return what a description or a Markdown status table says, and warnings."""
    if _is_table(source):
        try:
            text = read_text(source)
        except SourceError as error:
            raise CatalogueError([error.problem]) from None
        return read_status_table(source, text)
    reading = read_openapi(source)
    return reading.catalogue, reading.warnings


def _is_table(source: str) -> bool:
    return source.lower().endswith((".md", ".markdown", ".txt"))


def catalogue_text(catalogue: Catalogue, source: str, known: Catalogue | None = None) -> str:
    """Return a catalogue as the text of a file.

    `source` is what it was made from, as the user named it. What `known` has a name for keeps that name.
    """
    name = os.path.basename(os.path.normpath(source))
    head = (
        f"# yaml-language-server: $schema={SCHEMA}\n"
        "#\n"
        f"# Made by `errdex import` from {name!r}. Write on here: importing again keeps what people wrote.\n"
    )
    if _is_table(source):
        head += "# The endpoints are made up: a table of statuses does not tell them.\n"
    return head + "\n".join(_sections(catalogue_data(catalogue, known)))


def _sections(data: dict[str, object]) -> Iterator[str]:
    """Yield each section; statuses, the longest entries, stand apart from each other."""
    for section, said in data.items():
        text = yaml_text({section: said}, compact_from=_DEPTHS.get(section, 2))
        if section == "responses" and isinstance(said, dict):
            entries = [yaml_text({section: {status: cells}}, compact_from=4) for status, cells in said.items()]
            text = f"{section}:\n" + "\n".join(entry.partition("\n")[2] for entry in entries)
        yield text
