"""Following `$ref` through the documents of one folder: never out of it, never over the network, never in a circle."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from errdex.catalogue.documents import child, read
from errdex.errors import CatalogueError
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.catalogue.documents import Document, Pointer
    from errdex.errors import Problem

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_MOST_HOPS = 50


class Node(NamedTuple):
    """A value and where it stands."""

    document: Document
    pointer: Pointer
    value: object

    def child(self, key: str) -> Node:
        """Return the value of a key; its value is None when there is none."""
        return Node(self.document, (*self.pointer, key), self.get(key))

    def get(self, key: str) -> object:
        """Return what a key has; None when there is none."""
        value = self.value
        return value.get(key) if isinstance(value, dict) else child(value, key)

    def items(self, key: str) -> list[Node]:
        """Return the items of the list that a key has; none when there is no list."""
        value = self.get(key)
        if not isinstance(value, list):
            return []
        return [Node(self.document, (*self.pointer, key, str(index)), item) for index, item in enumerate(value)]

    def problem(self, message: str) -> Problem:
        """Return a problem at the last key of the pointer."""
        return self.document.problem(self.pointer, message)


class Missing(NamedTuple):
    """A reference to something that is not at hand."""

    target: str
    """The file or address, as the reference has it."""
    problem: Problem
    """A warning at the reference."""


class References:
    """The documents that were read so far; `folder` holds all that may be read."""

    def __init__(self, folder: str) -> None:
        self._folder = os.path.realpath(folder)
        self._documents: dict[str, Document] = {}
        self._targets: dict[tuple[str, str], Node] = {}
        """By file and reference: most are made hundreds of times."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, in that order."""
        return tuple(document.path for document in self._documents.values())

    def open(self, path: str, text: str | None = None) -> Document:
        """Return the document of that file, read once; raises CatalogueError."""
        real = os.path.realpath(path)
        if real not in self._documents:
            self._documents[real] = read(path, text)
        return self._documents[real]

    def resolve(self, node: Node) -> Node | Missing:
        """Return what a node stands for: itself, or what its `$ref` and those after it lead to.

        Raises CatalogueError for a reference that leads nowhere, out of the folder or round in a circle.
        """
        if node.get("$ref") is None:
            return node  # nearly every one
        seen: set[tuple[str, Pointer]] = set()
        while isinstance(node.value, dict) and isinstance(reference := node.value.get("$ref"), str):
            place = (node.document.path, node.pointer)
            if place in seen or len(seen) > _MOST_HOPS:
                raise CatalogueError([node.problem(f"the reference {reference} leads back to itself")])
            seen.add(place)
            known = (node.document.path, str(reference))
            target = self._targets.get(known) or self._target(node, known[1])
            if isinstance(target, Missing):
                return target
            node = self._targets[known] = target
        return node

    def at_hand(self, node: Node) -> Node:
        """Return what a node stands for; a node without a value when that cannot be had: for what is not needed."""
        try:
            target = self.resolve(node)
        except CatalogueError:
            return node._replace(value=None)
        return node._replace(value=None) if isinstance(target, Missing) else target

    def _target(self, node: Node, reference: str) -> Node | Missing:
        address, _, fragment = reference.partition("#")
        document = node.document
        if address:
            if _SCHEME.match(address) or address.startswith("//"):
                return Missing(address, node.problem(f"{address} is not read: errdex never uses the network"))
            path = os.path.join(os.path.dirname(document.path), unquote(address))
            try:
                real = os.path.realpath(path)
            except ValueError:  # a NUL or a lone surrogate
                raise CatalogueError([node.problem(f"the reference {reference!a} names no file")]) from None
            if os.path.commonpath([self._folder, real]) != self._folder:
                raise CatalogueError(
                    [node.problem(f"the reference {reference} leads out of the folder of the description")]
                )
            if not os.path.isfile(real):
                return Missing(address, node.problem(f"{address} is not there"))
            document = self.open(os.path.normpath(path))
        if fragment and not fragment.startswith("/"):
            raise CatalogueError([node.problem(f"the reference {reference} is no JSON pointer")])
        pointer = tuple(unquote(key).replace("~1", "/").replace("~0", "~") for key in fragment.split("/")[1:])
        value = document.data
        for key in pointer:
            value = child(value, key)
            if value is None:
                raise CatalogueError([node.problem(f"the reference {reference} leads to nothing")])
        return Node(document, pointer, value)
