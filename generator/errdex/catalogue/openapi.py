"""An OpenAPI 3.0, 3.1 or 3.2 or a Swagger 2.0 description as a catalogue.

The strategy: each document gives its requests (`openapi_paths`), each request its responses (`openapi_responses`).
A response that several operations have by reference is one cell. What a document does not mention for an operation
is unsaid, in one cell a status. Nothing is guessed: a description has no causes, no remedies and no word on retrying.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from errdex.catalogue import openapi_responses, openapi_servers
from errdex.catalogue.documents import files_of, is_openapi, is_true, mapping, printable, string, strings
from errdex.catalogue.model import Api, Catalogue, Deprecation, Endpoint, Group, Operation
from errdex.catalogue.naming import slug
from errdex.catalogue.openapi_cells import LONGEST_ID, Gathering, unused
from errdex.catalogue.references import Node, References
from errdex.catalogue.source import SourceError, read_text
from errdex.errors import CatalogueError, Location, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.model import Server
    from errdex.catalogue.openapi_paths import Request

_VERSION = re.compile(r"3\.\d+(\.\d+.*)?|2\.0")


class Reading(NamedTuple):
    """What came of reading a description."""

    catalogue: Catalogue
    warnings: tuple[Problem, ...]
    """What is not at hand or was passed over."""
    files: tuple[str, ...]
    """Every file that was read."""


def load_openapi(path: str, text: str | None = None) -> Catalogue:
    """Return the catalogue of a description; `read_openapi` without the warnings."""
    return read_openapi(path, text).catalogue


def read_openapi(path: str, text: str | None = None) -> Reading:
    """Read the description in a file, in the text that was read from it, or in all the documents of a folder.

    References lead to files of the document's folder and below it only. Raises CatalogueError with all that is wrong.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    references = References(folder)
    roots = list(_roots(path, text, references))
    gathering = Gathering(references)
    for root in roots:
        gathering.read(root)
    if not gathering.problems and not gathering.requests:
        gathering.problems.append(Problem(Location(path, 0, 0), "no operation is described here"))
    if gathering.problems:
        raise CatalogueError(gathering.problems)
    return Reading(_catalogue(path, roots, gathering), tuple(gathering.warnings), references.files)


def _roots(path: str, text: str | None, references: References) -> Iterator[Node]:
    """Yield the documents that a path names; files of a folder that are no descriptions are parts of others."""
    if not os.path.isdir(path):
        yield _root(references, path, text)
        return
    for file in files_of(path):
        try:
            part = read_text(file)
        except SourceError as error:
            raise CatalogueError([error.problem]) from None
        if is_openapi(part):
            yield _root(references, file, part)


def _root(references: References, path: str, text: str | None) -> Node:
    document = references.open(path, text)
    root = Node(document, (), document.data)
    key = next((key for key in ("openapi", "swagger") if key in mapping(document.data)), "")
    if not key:
        raise CatalogueError([root.problem("neither `openapi` nor `swagger` is said here")])
    version = string(root.get(key))
    if not _VERSION.fullmatch(version):
        raise CatalogueError([root.child(key).problem(f"{key} {version} is none of 2.0, 3.0, 3.1 and 3.2")])
    return root


def _catalogue(path: str, roots: list[Node], gathering: Gathering) -> Catalogue:
    servers, bases = openapi_servers.common([request.servers for request in gathering.requests])
    operations = tuple(map(_operation, gathering.ids, gathering.requests, bases))
    groups, columns = _groups(roots, operations)
    return Catalogue(
        path=path,
        api=_api(path, roots, servers),
        links=(),
        operations=operations,
        groups=groups,
        columns=columns,
        statuses=tuple(gathering.statuses()),
        problems=(),
        notes=tuple(_notes(gathering.warnings)),
        bodies=gathering.responses.bodies,
    )


def _notes(warnings: list[Problem]) -> Iterator[str]:
    """Say on the API's own pages that something is missing from them."""
    if warnings:
        things = "one thing" if len(warnings) == 1 else f"{len(warnings)} things"
        first = printable(warnings[0].message).replace("`", "")
        yield f"The description refers to {things} that errdex could not read; the first: `{first}`."


def _operation(operation_id: str, request: Request, bases: tuple[str, ...]) -> Operation:
    node = request.operation
    location = request.key.document.location(request.key.pointer)
    url = string(mapping(node.get("externalDocs")).get("url"))
    return Operation(
        id=operation_id,
        title=" ".join(string(node.get("summary")).split()) or f"{request.method} {bases[0]}{request.path}",
        summary=openapi_responses.prose(node.get("description")),
        endpoints=tuple(Endpoint(request.method, base + request.path, location) for base in bases),
        limits=(),
        tags=strings(node.get("tags")),
        since="",
        deprecated=Deprecation("", "") if is_true(node.get("deprecated")) else None,
        removed="",
        doc_url=url if url.startswith(("https://", "http://")) else None,
        location=location,
    )


def _groups(roots: list[Node], operations: tuple[Operation, ...]) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Return a group for each tag that comes first on an operation, and the columns: groups and untagged operations."""
    described = {string(tag.get("name")): tag for root in roots for tag in root.items("tags")}
    taken = {operation.id for operation in operations}
    members: dict[str, list[Operation]] = {}
    for operation in operations:
        members.setdefault(operation.tags[0] if operation.tags else f"\0{operation.id}", []).append(operation)
    groups = []
    columns = []
    for tag, tagged in members.items():
        if tag.startswith("\0"):
            columns.append(tagged[0].id)
            continue
        group_id = unused(slug(tag)[:LONGEST_ID].strip("-"), taken)
        title, location = tag, tagged[0].location
        if tag in described:
            node = described[tag]
            title = string(node.get("summary")) or string(node.get("x-displayName")) or tag
            location = node.document.location(node.pointer)
        groups.append(Group(group_id, title, tuple(operation.id for operation in tagged), location))
        columns.append(group_id)
    return tuple(groups), tuple(columns)


def _api(path: str, roots: list[Node], servers: tuple[Server, ...]) -> Api:
    """Return what the documents say of the API; of several titles what is common to their beginnings and ends."""
    infos = [root.child("info") for root in roots]
    titles = [" ".join(string(info.get("title")).split()) for info in infos]
    versions = {string(info.get("version")) for info in infos}
    name = os.path.basename(os.path.normpath(path))
    title = _common_title(titles) or (name if os.path.isdir(path) else os.path.splitext(name)[0])
    summary = openapi_responses.prose(infos[0].get("summary"))
    summary = summary or openapi_responses.prose(infos[0].get("description"))
    return Api(
        id=slug(title)[:LONGEST_ID].strip("-"),
        title=title,
        version=versions.pop() if len(versions) == 1 else "",
        summary=summary if len(roots) == 1 else "",
        servers=servers,
        docs_base_url="",
        request_id_header="",
        location=infos[0].document.location(infos[0].pointer),
    )


def _common_title(titles: list[str]) -> str:
    """Return the words that all titles begin with, and those that all end with: `Shop` and `API`."""
    words = [title.split() for title in titles]
    if len(set(titles)) == 1:
        return titles[0]
    head = _common_prefix(words)
    tail = _common_prefix([list(reversed(some[len(head) :])) for some in words])
    return " ".join(head + tail[::-1]) if head else ""


def _common_prefix(lists: list[list[str]]) -> list[str]:
    first = min(lists)
    last = max(lists)
    for index, word in enumerate(first):
        if index >= len(last) or last[index] != word:
            return first[:index]
    return first
