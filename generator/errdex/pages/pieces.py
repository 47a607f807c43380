"""Pages that are rendered from a few facts each, and are not rendered again from the same ones.

What pages have in common is everything but responses: the operations, the options, what the statuses are called. A
page that tells of some responses is made of a site that knows no others, so that nothing it shows can be forgotten
when its facts are compared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.kept import digest
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from errdex.catalogue.model import Operation
    from errdex.pages.site import Names, Site

Pair = tuple[str, str]
"""A status and the id of an operation."""


class Piece(NamedTuple):
    """A page of a few facts."""

    facts: str
    """What stands for them; empty when nobody will compare them."""
    page: str
    plain: str
    """The text of its plain twin; empty when it has none."""


class Pieces:
    """The pages of a site that are made of a few facts each."""

    def __init__(self, site: Site, known: Mapping[str, Piece] | None) -> None:
        self.all: dict[str, Piece] = {}
        """By path."""
        self.made: list[str] = []
        """The paths of those that were rendered, because they were not known."""
        # What is alike stays known of all responses: a number tells nothing of those that a page does not know.
        self._site = site._replace(
            catalogue=site.catalogue._replace(
                statuses=tuple(status._replace(cells=()) for status in site.catalogue.statuses),
                bodies=(),
                causes=(),
                remedies=(),
            )
        )
        self._known = known
        self._said: dict[Pair, str] = {}
        self._shared = ""
        if known is not None:
            self._said = _said(site)
            self._shared = _shared(self._site)

    def of_status(self, path: str, code: str, make: Callable[[Site], tuple[str, str]]) -> Piece:
        """Return the page that tells what a status means; `make` gives its text and the plain one."""
        told = self._site.told[code]
        pairs = [(code, response.operation) for response in told]

        def own() -> Site:
            responses = {(code, response.operation): response for response in told}
            keys = [(response.operation, code) for response in told]
            return self._site._replace(names=self._classes(keys), responses=responses, said={}, told={code: told})

        return self._piece(path, pairs, lambda: make(own()))

    def of_operations(
        self, path: str, operations: Sequence[Operation], make: Callable[[Site], tuple[str, str]]
    ) -> Piece:
        """Return the page that tells what some operations answer."""
        site = self._site
        said = {operation.id: site.said[operation.id] for operation in operations}
        pairs = [(response.status, response.operation) for responses in said.values() for response in responses]

        def own() -> Site:
            responses = {pair: site.responses[pair] for pair in pairs}
            return self._site._replace(names=self._classes(), responses=responses, said=said, told={})

        return self._piece(path, pairs, lambda: make(own()))

    def _classes(self, keys: Iterable[tuple[str, str]] = ()) -> Names:
        """Return the names with no more classes than those of the statuses and of some answers of operations."""
        names = self._site.names
        every = (*keys, *(("", code) for code in self._site.statuses))
        return names._replace(errors={key: names.errors[key] for key in every if key in names.errors})

    def _piece(self, path: str, pairs: Sequence[Pair], make: Callable[[], tuple[str, str]]) -> Piece:
        facts = self._facts(path, pairs) if self._known is not None else ""
        known = self._known.get(path) if self._known is not None else None
        if known is not None and known.facts == facts:
            self.all[path] = known
            return known
        self.made.append(path)
        piece = self.all[path] = Piece(facts, *make())
        return piece

    def _facts(self, path: str, pairs: Sequence[Pair]) -> str:
        """Return what stands for the facts of a page."""
        said = (f"{code} {operation} {self._said[code, operation]}" for code, operation in pairs)
        return digest("\0".join((self._shared, path, *said)).encode("utf-8", "surrogatepass"))


def _said(site: Site) -> dict[Pair, str]:
    """Return what stands for each response, with the name of its class; what is in one cell is read once."""
    said = {}
    for status in site.catalogue.statuses:
        for cell in status.cells:
            if cell.response.state != "unsaid":
                facts = digest(json.dumps((cell.response.state, *cell.response[3:])).encode())
                for operation in cell.operations:
                    said[status.code, operation] = facts + site.names.errors.get((operation, status.code), "")
    return said


def _shared(site: Site) -> str:
    """Return what stands for all that any page may show beside responses."""
    catalogue, names = site.catalogue, site.names
    general = [(code, names.errors.get(("", code), "")) for code in site.statuses]
    members, unsaid = dict(names.members), dict(site.unsaid)
    facts = (site.options, catalogue._replace(path=""), unsaid, names.module, names.base, members, general)
    return digest(json.dumps(facts).encode())
