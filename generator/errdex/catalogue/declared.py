"""What a catalogue declares under ids: links, remedies, causes, problems, bodies, operations and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from errdex.catalogue import model
from errdex.catalogue.fields import (
    deprecation,
    entries_of,
    flag,
    items,
    line,
    pairs,
    text,
    texts,
    value,
)
from errdex.catalogue.nodes import Mapping, Nowhere, Scalar, short
from errdex.catalogue.prose import link_faults
from errdex.catalogue.source import MAX_PROBLEMS
from errdex.catalogue.suggest import suggestion
from errdex.errors import Location
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from errdex.catalogue.nodes import Entries, Node
    from errdex.catalogue.source import Source
    from errdex.errors import Problem

Named = TypeVar("Named")


class Outline(NamedTuple):
    """The sections of one or several files, ids merged."""

    path: str
    """The file or the folder, as the user named it."""
    sources: dict[str, Source]
    """By path."""
    sections: dict[str, Entries]
    """Section -> id -> key and value; every section is there."""
    notes: tuple[Node, ...]
    columns: tuple[Node, ...]
    api: tuple[Scalar, Node] | None


class Declared:
    """Reads the sections of a catalogue as records, and keeps what turns out to be wrong.

    A text that several responses share is read for each of them, and what is wrong with it reported once.
    """

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.problems: dict[Problem, None] = {}
        self._reported: set[int] = set()
        """The identities of nodes that name nothing."""
        sections = outline.sections
        # The links first: every prose may name them.
        self.links = {id_: _link(id_, *entry) for id_, entry in sections["links"].items()}
        self.remedies = {id_: self._remedy(id_, *entry) for id_, entry in sections["remedies"].items()}
        self.causes: dict[str, model.Cause] = {}
        self.causes = {id_: self._cause(id_, *entry) for id_, entry in sections["causes"].items()}
        self.named = {id_: self._problem(id_, *entry) for id_, entry in sections["problems"].items()}
        self.bodies = {id_: self._body(id_, *entry) for id_, entry in sections["bodies"].items()}
        self.operations = {id_: self._operation(id_, *entry) for id_, entry in sections["operations"].items()}
        self._order = {id_: number for number, id_ in enumerate(self.operations)}
        self.group_of: dict[str, str] = {}
        self.groups = {id_: self._group(id_, *entry) for id_, entry in sections["groups"].items()}
        self.columns = self._columns()
        self.api = self._api()
        self.notes = tuple(self.prose(node) for node in outline.notes)

    def report(self, location: Location, message: str, length: int = 0) -> None:
        """Keep a problem, with the line that it speaks of."""
        source = self.outline.sources.get(location.path)
        if source and len(self.problems) <= MAX_PROBLEMS:
            self.problems[source.problem(location, message, length)] = None

    def unknown(self, node: Scalar, noun: str, known: Iterable[str]) -> None:
        """Report an id that nothing has."""
        if id(node) not in self._reported and len(self.problems) <= MAX_PROBLEMS:
            self._reported.add(id(node))
            self.report(node.location, f"no {noun} has the id '{short(node.text)}'{suggestion(node.text, known)}")

    # --- what a text and a list of references say

    def prose(self, node: Node | None) -> str:
        """Return a prose as one line, and report links that lead nowhere."""
        if not isinstance(node, Scalar):
            return ""
        prose = " ".join(node.text.split()) if "\n" in node.text or "  " in node.text else node.text.strip()
        if "](" in prose and id(node) not in self._reported:
            for part, message in link_faults(prose, self.links):
                self._reported.add(id(node))
                self.report(self._place_of(node, part), message, max(1, len(part) - 2))
        return prose

    def _place_of(self, node: Scalar, part: str) -> Location:
        """Return where `part` stands inside a scalar, one character on; where the scalar starts if it is not found."""
        path, first, column = node.location
        lines = self.outline.sources[path].lines
        for number in range(first, min(first + 1 + node.text.count("\n") * 2 + len(node.text) // 8, len(lines)) + 1):
            found = lines[number - 1].find(part, column - 1 if number == first else 0)
            if found >= 0:
                return Location(path, number, found + 2)
        return node.location

    def remedies_of(self, entries: Entries) -> tuple[model.Remedy, ...]:
        """Return the remedies that a list names."""
        return tuple(self._referred(items(entries, "remedies"), "remedy", self.remedies, self._own_remedy))

    def causes_of(self, entries: Entries) -> tuple[model.Cause, ...]:
        """Return the causes that a list names."""
        return tuple(self._referred(items(entries, "causes"), "cause", self.causes, self._own_cause))

    def problems_of(self, entries: Entries) -> tuple[model.Problem, ...]:
        """Return the problems that a list names; one that is only named is a problem too."""
        return tuple(
            self.named.get(item.text) or model.Problem(item.text, item.text, "", None, (), (), None, item.location)
            for item in items(entries, "problems")
            if isinstance(item, Scalar)
        )

    def _referred(
        self, nodes: list[Node], noun: str, known: dict[str, Named], own: Callable[[Scalar, Entries], Named]
    ) -> Iterator[Named]:
        seen: dict[str, Scalar] = {}
        for node in nodes:
            entries = entries_of(node)
            key = value(entries, "id") if isinstance(node, Mapping) else node
            if not isinstance(key, Scalar):
                continue
            first = seen.setdefault(key.text, key)
            if first is not key:
                self.report(key.location, f"{noun} '{key.text}' is listed twice, first in line {first.location.line}")
            if entries and ("says" in entries or key.text in known):
                yield own(key, entries)
            elif key.text in known:
                yield known[key.text]
            else:
                self.unknown(key, noun, known)

    def _own_remedy(self, key: Scalar, entries: Entries) -> model.Remedy:
        known = self.remedies.get(key.text)
        return model.Remedy(key.text, self.prose(value(entries, "says")) or (known.says if known else ""), key.location)

    def _own_cause(self, key: Scalar, entries: Entries) -> model.Cause:
        known = self.causes.get(key.text)
        retryable = flag(entries, "retryable")
        return model.Cause(
            id=key.text,
            says=self.prose(value(entries, "says")) or (known.says if known else ""),
            remedies=self.remedies_of(entries) if "remedies" in entries or not known else known.remedies,
            retryable=known.retryable if known and retryable is None else retryable,
            location=key.location,
        )

    def _says(self, node: Node) -> str:
        return self.prose(node if isinstance(node, Scalar) else value(entries_of(node), "says"))

    # --- what is declared

    def _remedy(self, id_: str, key: Scalar, node: Node) -> model.Remedy:
        return model.Remedy(id_, self._says(node), key.location)

    def _cause(self, id_: str, key: Scalar, node: Node) -> model.Cause:
        entries = entries_of(node)
        return model.Cause(id_, self._says(node), self.remedies_of(entries), flag(entries, "retryable"), key.location)

    def _problem(self, id_: str, key: Scalar, node: Node) -> model.Problem:
        entries = entries_of(node)
        return model.Problem(
            id=id_,
            title=line(entries, "title") or id_,
            says=self._says(node),
            type=text(entries, "type") or None,
            causes=self.causes_of(entries),
            remedies=self.remedies_of(entries),
            retryable=flag(entries, "retryable"),
            location=key.location,
        )

    def _body(self, id_: str, key: Scalar, node: Node) -> model.Body:
        entries = entries_of(node)
        kind = text(entries, "kind")
        if kind == "empty":
            for name in ("media_types", "problem", "problems", "open", "example"):
                if name in entries:
                    self.report(entries[name][0].location, f"body '{id_}' is empty, and '{name}' says what is in it")
        return model.Body(
            id=id_,
            kind=cast("model.BodyKind", kind),
            says=self.prose(value(entries, "says")),
            media_types=tuple(texts(entries, "media_types")),
            problem=tuple(pairs(entries, "problem")),
            problems=self.problems_of(entries),
            open=flag(entries, "open") or False,
            example=tuple(pairs(entries, "example")),
            location=key.location,
        )

    def _operation(self, id_: str, key: Scalar, node: Node) -> model.Operation:
        entries = entries_of(node)
        return model.Operation(
            id=id_,
            title=line(entries, "title"),
            summary=self.prose(value(entries, "summary")),
            endpoints=tuple(self._endpoints(entries)),
            limits=tuple(self.prose(item) for item in items(entries, "limits")),
            tags=tuple(texts(entries, "tags")),
            since=text(entries, "since"),
            deprecated=deprecation(entries),
            removed=text(entries, "removed"),
            doc_url=text(entries, "doc_url") or None,
            location=key.location,
        )

    def _endpoints(self, entries: Entries) -> Iterator[model.Endpoint]:
        for item in items(entries, "endpoints"):
            if isinstance(item, Scalar):
                method, _, path = item.text.partition(" ")
                names = [part.partition("}")[0].lstrip("+") for part in path.split("{")[1:]]
                for name in sorted({name for name in names if names.count(name) > 1}):
                    self.report(item.location, f"'{{{name}}}' stands twice in the path '{path}'")
                yield model.Endpoint(method, path, item.location)

    def _group(self, id_: str, key: Scalar, node: Node) -> model.Group:
        entries = entries_of(node)
        if id_ in self.operations:
            first = self.operations[id_].location
            self.report(key.location, f"'{id_}' is the id of a group and, in line {first.line}, of an operation")
        members = []
        for item in items(entries, "operations"):
            if not isinstance(item, Scalar):
                continue
            if item.text not in self.operations:
                self.unknown(item, "operation", self.operations)
            elif item.text in self.group_of:
                other = self.group_of[item.text]
                if other != id_:
                    self.report(item.location, f"operation '{item.text}' is in the group '{other}' already")
            else:
                self.group_of[item.text] = id_
                members.append(item.text)
        members.sort(key=self._order.__getitem__)
        return model.Group(id_, line(entries, "title"), tuple(members), key.location)

    def _columns(self) -> tuple[str, ...]:
        said = [node for node in self.outline.columns if isinstance(node, Scalar)]
        if not said:
            return tuple(dict.fromkeys(self.group_of.get(id_, id_) for id_ in self.operations))
        shown: dict[str, str] = {}
        for node in said:
            column = node.text
            if column not in self.groups and column not in self.operations:
                self.unknown(node, "group or operation", [*self.groups, *self.operations])
            for operation in self.groups[column].operations if column in self.groups else (column,):
                if operation in shown:
                    message = (
                        f"column '{column}' shows operation '{operation}', which column '{shown[operation]}' shows"
                    )
                    self.report(node.location, message)
                shown.setdefault(operation, column)
        for operation in self.operations:
            if operation not in shown:
                self.report(said[0].location, f"no column shows operation '{operation}'")
        return tuple(node.text for node in said)

    def _api(self) -> model.Api:
        key, node = self.outline.api or (Scalar("", plain=False, mark=Nowhere(self.outline.path)), None)
        entries = entries_of(node)
        return model.Api(
            id=text(entries, "id"),
            title=line(entries, "title"),
            version=text(entries, "version"),
            summary=self.prose(value(entries, "summary")),
            servers=tuple(
                self._server(item) for item in items(entries, "servers") if isinstance(item, Scalar | Mapping)
            ),
            docs_base_url=text(entries, "docs_url").rstrip("/"),
            request_id_header=text(entries, "request_id_header"),
            location=key.location,
        )

    def _server(self, node: Scalar | Mapping) -> model.Server:
        entries = entries_of(node)
        url = node.text if isinstance(node, Scalar) else text(entries, "url")
        for name, (key, _) in entries_of(value(entries, "variables")).items():
            if f"{{{name}}}" not in url:
                self.report(key.location, f"variable '{name}' is not in the URL '{url}'")
        return model.Server(url.rstrip("/") or url, tuple(pairs(entries, "variables")), node.location)


def _link(id_: str, key: Scalar, node: Node) -> model.Link:
    entries = entries_of(node)
    return model.Link(id_, line(entries, "title"), text(entries, "url") or None, key.location)
