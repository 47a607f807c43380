"""The cells of an API's table, gathered request by request from the documents that describe it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue import openapi_paths, openapi_responses, openapi_servers
from errdex.catalogue.documents import is_null, string
from errdex.catalogue.model import Cell, Status
from errdex.catalogue.naming import anchor, slug
from errdex.catalogue.references import Missing
from errdex.errors import CatalogueError, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Response, Server
    from errdex.catalogue.openapi_paths import Request
    from errdex.catalogue.references import Node, References

LONGEST_ID = 150
"""Characters; ids become names of files, and file systems take 255."""
MOST_CELLS = 300_000
"""Responses of all operations together: the largest public document has 5,000; aliases make millions of few lines."""

_STATUS = re.compile(r"[1-5][0-9][0-9]|[1-5][Xx][Xx]|default")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_./~:+-]+")


class _Said(NamedTuple):
    """What a document says once: the response of the first operation that has it, and all that have it."""

    response: Response
    operations: list[str]


class Gathering:
    """What the documents of an API say, as far as they have been read."""

    def __init__(self, references: References) -> None:
        self.requests: list[Request] = []
        self.ids: list[str] = []
        """The operation ids of the requests."""
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._references = references
        self.responses = openapi_responses.ResponseReader(references)
        self._bases: dict[tuple[Server, ...], tuple[tuple[str, str], ...]] = {}
        """Origins and paths of servers: most requests have those of their document."""
        self._taken: set[str] = set()
        self._described: dict[tuple[object, ...], Request] = {}
        self._said: dict[str, dict[tuple[object, ...], _Said]] = {}
        """By status, then by what makes two responses one."""
        self._count = 0

    def read(self, root: Node) -> None:
        """Add the requests of a document."""
        servers = openapi_servers.of_document(root)
        try:
            for item in openapi_paths.path_items(root, self._references):
                if isinstance(item, Problem):
                    self.warnings.append(item)
                else:
                    self._read_item(root, item, servers)
        except CatalogueError as error:
            self.problems.extend(error.problems)

    def _read_item(self, root: Node, item: Node, servers: tuple[Server, ...]) -> None:
        try:
            for request in openapi_paths.requests(root, item, self._references, servers):
                if isinstance(request, Problem):
                    self.warnings.append(request)
                else:
                    self._add(request)
        except CatalogueError as error:
            self.problems.extend(error.problems)

    def statuses(self) -> Iterator[Status]:
        """Yield each status that is mentioned, in numerical order, each range after its codes, `default` last."""
        for code in sorted(self._said, key=lambda code: code.replace("X", "~")):
            cells = [Cell(tuple(said.operations), None, said.response) for said in self._said[code].values()]
            mentioned = {operation for cell in cells for operation in cell.operations}
            rest = tuple(operation for operation in self.ids if operation not in mentioned)
            location = cells[0].response.location
            if rest:
                cells.append(Cell(rest, None, openapi_responses.unsaid(code, rest[0], location)))
            yield Status(code, "", "", tuple(cells), location)

    def _add(self, request: Request) -> None:
        if request.servers not in self._bases:
            self._bases[request.servers] = tuple(map(openapi_servers.split, request.servers))
        key = (request.method, request.path, self._bases[request.servers])
        if key in self._described:
            first = self._described[key].key
            message = (
                f"{request.method} {request.path} is described twice, first in {first.document.location(first.pointer)}"
            )
            self.problems.append(request.key.problem(message))
            return
        self._described[key] = request
        operation_id = self._name(request)
        self.requests.append(request)
        self.ids.append(operation_id)
        try:
            for node in openapi_paths.responses(request, self._references):
                if isinstance(node, Problem):
                    self.warnings.append(node)
                    continue
                try:
                    self._add_response(request, operation_id, node)
                except CatalogueError as error:
                    self.problems.extend(error.problems)
        except CatalogueError as error:
            self.problems.extend(error.problems)

    def _name(self, request: Request) -> str:
        """Return the operationId, or what method and path make where there is none or it is not the only one."""
        own = _NOT_IN_ID.sub("-", string(request.operation.get("operationId")))[:LONGEST_ID].strip("-:")
        if len(anchor(own)) > LONGEST_ID + 50:
            own = slug(own)
        if own in self._taken:
            self.warnings.append(request.key.problem(f"the operationId {own} names another operation too"))
            own = ""
        return unused(own or slug(f"{request.method} {request.path}")[:LONGEST_ID].strip("-"), self._taken)

    def _add_response(self, request: Request, operation_id: str, node: Node) -> None:
        """Add one response of a request, to those of others that have it by the same reference or alias."""
        key = node.pointer[-1]
        if not _STATUS.fullmatch(key):
            name = f"{request.method} {request.path}"
            self.warnings.append(node.problem(f"{name}: {key!r} is no status, range or `default`; it is passed over"))
            return
        self._count += 1
        if self._count > MOST_CELLS:
            raise CatalogueError([node.problem(f"more than {MOST_CELLS} responses are described")])
        status = key if key == "default" else key.upper()
        target = self._references.resolve(node)
        if isinstance(target, Missing):
            message = (
                f"{target.problem.message}: of {status} for {request.method} {request.path} only the status is known"
            )
            self.warnings.append(target.problem._replace(message=message))
        elif not isinstance(target.value, dict) and not is_null(target.value):
            what = string(target.value) or "a list"
            raise CatalogueError(
                [target.problem(f"{status} for {request.method} {request.path}: {what} is not a mapping")]
            )
        said = target.problem if isinstance(target, Missing) else id(target.value)
        beside = ("", "")
        if target is not node:
            beside = (openapi_responses.prose(node.get("summary")), openapi_responses.prose(node.get("description")))
        identity = (said, beside, request.method == "HEAD", openapi_responses.produces(request))
        same = self._said.setdefault(status, {})
        if identity in same:
            same[identity].operations.append(operation_id)
            return
        response = self.responses.documented(status, operation_id, target, request)
        if any(beside):
            response = openapi_responses.reworded(response, *beside)
        same[identity] = _Said(response, [operation_id])


def unused(name: str, taken: set[str]) -> str:
    """Return the name, numbered if it is taken, and take it."""
    number = 1
    result = name
    while result in taken:
        number += 1
        result = f"{name}-{number}"
    taken.add(result)
    return result
