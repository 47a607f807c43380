"""The servers of OpenAPI and Swagger documents, and the base paths that they put before every path."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from errdex.catalogue.documents import mapping, string, strings
from errdex.catalogue.model import Server

if TYPE_CHECKING:
    from errdex.catalogue.references import Node

_PIECE = re.compile(r"\{([^{}]*)\}|[^{]+|\{")


def of_document(root: Node) -> tuple[Server, ...]:
    """Return the servers of a whole document: `servers` of OpenAPI, or scheme, host and base path of Swagger 2.0."""
    if "swagger" not in mapping(root.value):
        return of_list(root)
    base = string(root.get("basePath")).rstrip("/")
    if base and not base.startswith("/"):
        base = f"/{base}"
    host = string(root.get("host"))
    location = root.document.location(("host",) if host else ("basePath",))
    if not host:
        return (Server(base, (), location),) if base else ()
    schemes = strings(root.get("schemes")) or ("https",)
    return tuple(Server(f"{scheme}://{host}{base}", (), location) for scheme in schemes)


def of_list(node: Node) -> tuple[Server, ...]:
    """Return what stands under `servers`, each URL once; entries that are no servers are passed over."""
    servers: dict[str, Server] = {}
    for server in node.items("servers"):
        url = string(server.get("url")).rstrip("/")
        variables = tuple(
            (name, string(mapping(variable).get("default")))
            for name, variable in mapping(server.get("variables")).items()
            if "default" in mapping(variable)
        )
        if url:
            servers.setdefault(url, Server(url, variables, server.document.location(server.pointer)))
    return tuple(servers.values())


def split(server: Server) -> tuple[str, str]:
    """Return a server's origin, variables unexpanded, and its base path, variables replaced by their defaults.

    A variable whose default begins with a slash begins the path: `{protocol}://{host}{base}` may be all that a
    document says.
    """
    defaults = dict(server.variables)
    scheme, separator, rest = server.url.rpartition("://")
    origin, base = scheme + separator, ""
    in_path = not separator and "://" not in _expanded(server.url, defaults)
    for piece in _PIECE.finditer(rest):
        text = _expanded(piece[0], defaults)
        if in_path:
            base += text
            continue
        slash = text.find("/", text.find("://") + 3 if "://" in text else 0)
        origin += piece[0] if slash < 0 else text[:slash]
        if slash >= 0:
            base, in_path = text[slash:], True
    return origin, base.rstrip("/")


def _expanded(url: str, defaults: dict[str, str]) -> str:
    return _PIECE.sub(lambda piece: defaults.get(piece[1], piece[0]) if piece[1] is not None else piece[0], url)


def common(servers: list[tuple[Server, ...]]) -> tuple[tuple[Server, ...], list[tuple[str, ...]]]:
    """Return the servers of an API whose operations have these, and what to put before each operation's path.

    Where all have the same base paths, those stay in the servers. Else the servers are cut down to their origins
    and an operation has one path for each of its base paths.
    """
    based = {own: tuple(dict.fromkeys(split(server)[1] for server in own)) or ("",) for own in dict.fromkeys(servers)}
    bases = [based[own] for own in servers]
    if len(set(bases)) <= 1:
        whole: dict[str, Server] = {}
        for server in chain.from_iterable(based):
            whole.setdefault(server.url, server)
        return tuple(whole.values()), [("",) for _ in servers]
    origins: dict[str, Server] = {}
    for server in chain.from_iterable(based):
        origin = split(server)[0]
        variables = tuple(pair for pair in server.variables if f"{{{pair[0]}}}" in origin)
        if origin:
            origins.setdefault(origin, Server(origin, variables, server.location))
    return tuple(origins.values()), bases
