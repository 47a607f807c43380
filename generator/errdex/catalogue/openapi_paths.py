"""From an OpenAPI or Swagger document to the requests that it describes, one for each path and method."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue import openapi_servers
from errdex.catalogue.documents import is_null, is_true, mapping, printable, string
from errdex.catalogue.references import Missing
from errdex.errors import CatalogueError
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Server
    from errdex.catalogue.references import Node, References
    from errdex.errors import Problem

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The keys of a path item that are operations; `query` came with OpenAPI 3.2."""


_GREEDY = re.compile(r"\{([^{}+]+)\+\}")


class Request(NamedTuple):
    """One method and path, with what the document says about it."""

    method: str
    """Upper case."""
    path: str
    """As the document has it, below the base path of the servers; `{+name}` for a parameter that may hold slashes."""
    operation: Node
    """The operation object, all references followed."""
    servers: tuple[Server, ...]
    """The operation's own, else its path's, else its document's."""
    root: Node
    """The document that has the path."""
    key: Node
    """The key of the method (or of the path, when the whole operation is in another file): where a message points."""


def path_items(root: Node, references: References) -> Iterator[Node | Problem]:
    """Yield the paths of a document, references not followed; a Problem (a warning) when they are not at hand."""
    paths = references.resolve(root.child("paths"))
    if isinstance(paths, Missing):
        yield paths.problem._replace(message=f"{paths.problem.message}: no path of this document is known")
        return
    for path in _keys(paths, "paths"):
        if not path.startswith("x-"):
            yield paths.child(path)


def requests(
    root: Node, item: Node, references: References, of_document: tuple[Server, ...]
) -> Iterator[Request | Problem]:
    """Yield the requests of a path, with its document's servers; a Problem for a part that is not at hand.

    What stands beside the `$ref` of a path wins over what the reference leads to. Raises CatalogueError for a part that
    is not what it has to be; what comes before it has been yielded.
    """
    path = f"/{printable(item.pointer[-1].removeprefix('/'))}"
    nodes = [item]
    target = references.resolve(item)
    if isinstance(target, Missing):
        yield target.problem._replace(message=f"{target.problem.message}: the operations of {path} are unknown")
    elif target.value is not item.value:
        nodes.append(target)
    seen = set()
    for node in nodes:
        servers = openapi_servers.of_list(node) or of_document
        for method, key in _operations(node, path):
            if method in seen:
                continue
            seen.add(method)
            operation = references.resolve(key)
            if isinstance(operation, Missing):
                message = f"{operation.problem.message}: what {method} {path} answers is unknown"
                yield operation.problem._replace(message=message)
                continue
            _keys(operation, f"{method} {path}")
            own_servers = openapi_servers.of_list(operation) or servers
            yield Request(method, _template(path, node, operation, references), operation, own_servers, root, key)


def _operations(item: Node, path: str) -> Iterator[tuple[str, Node]]:
    """Yield the methods of a path item in the document's order."""
    for key in _keys(item, path):
        if key in _METHODS:
            yield key.upper(), item.child(key)
        elif key == "additionalOperations":
            more = item.child(key)
            for method in _keys(more, f"the additionalOperations of {path}"):
                yield printable(method), more.child(method)


def _template(path: str, item: Node, operation: Node, references: References) -> str:
    """Return a path with `{+name}` for each parameter that may hold slashes.

    OpenAPI 3.2 says so with `allowReserved`, GitHub's description with `x-multi-segment`, API gateways with `{name+}`.
    """
    path = _GREEDY.sub(r"{+\1}", path)
    if "{" in path:
        for parameter in (*item.items("parameters"), *operation.items("parameters")):
            said = mapping(references.at_hand(parameter).value)
            if is_true(said.get("x-multi-segment")) or is_true(said.get("allowReserved")):
                name = string(said.get("name"))
                path = path.replace(f"{{{name}}}", f"{{+{name}}}")
    return path


def responses(request: Request, references: References) -> Iterator[Node | Problem]:
    """Yield each response of a request by its status key, references not followed; a Problem when none is at hand."""
    node = references.resolve(request.operation.child("responses"))
    if isinstance(node, Missing):
        name = f"{request.method} {request.path}"
        yield node.problem._replace(message=f"{node.problem.message}: what {name} answers is unknown")
        return
    for status in _keys(node, f"the responses of {request.method} {request.path}"):
        if not status.startswith("x-"):
            yield node.child(status)


def _keys(node: Node, name: str) -> tuple[str, ...]:
    """Return the keys of a mapping, none for null or what is not there; raises CatalogueError for anything else."""
    if isinstance(node.value, dict):
        return tuple(node.value)
    if is_null(node.value):
        return ()
    raise CatalogueError([node.problem(f"{name}: {string(node.value) or 'a list'} is not a mapping")])
