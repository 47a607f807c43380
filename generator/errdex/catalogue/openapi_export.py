"""A catalogue as an OpenAPI document: the paths with their responses, and nothing of requests or schemas.

What a response says becomes its description, in this order: summary, detail, causes, remedies. A response that
several endpoints have stands under `components`. OpenAPI cannot say that a response does not happen, whether a
request may be repeated or what a client has to do: the first is left out, the others stand under `x-retryable` and
`x-client`. A parameter that may hold slashes is marked as GitHub's own description does it, `x-multi-segment`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from errdex.catalogue.yaml_text import yaml_text
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.catalogue.model import Body, Catalogue, Cell, Endpoint, Header, Operation, Response

VERSION = "3.1.1"
_VERSION_OF_OTHER_METHODS = "3.2.0"
_METHODS = frozenset(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"])
_REF = re.compile(r"\[([^\[\]]+)\]\(ref:([^()\s]*)\)")
_PARAMETER = re.compile(r"\{(\+?)([^{}]*)\}")

Data = dict[str, object]


def export_openapi(catalogue: Catalogue) -> str:
    """Return the catalogue as the YAML text of an OpenAPI 3.1 document, 3.2 where it has methods that 3.1 has not.

    Operations and responses that were removed from the API are left out.
    """
    exported = exported_openapi(catalogue)
    return _document(exported, exported.paths.values(), exported.shared.values(), exported.schemas.values())


class Member(NamedTuple):
    """A path, a response or a schema as YAML: written once, whichever texts it is in."""

    text: str
    shared: frozenset[str] = frozenset()
    """The shared responses that it refers to."""
    schemas: frozenset[str] = frozenset()
    """The schemas that it refers to by itself."""


class Exported(NamedTuple):
    """An OpenAPI document on its way to one text, or to several."""

    head: str
    """What stands before the paths, as YAML."""
    paths: dict[str, Member]
    first: dict[str, str]
    """The operation that a path is filed under, by the path."""
    shared: dict[str, Member]
    """Responses that several endpoints have, by name."""
    schemas: dict[str, Member]


def exported_openapi(catalogue: Catalogue) -> Exported:
    """Return what `export_openapi` writes."""
    exporter = _Exporter(catalogue)
    methods = {endpoint.method for operation in catalogue.operations for endpoint in operation.endpoints}
    head = _given(
        openapi=VERSION if methods <= _METHODS else _VERSION_OF_OTHER_METHODS,
        info=_given(
            title=catalogue.api.title, version=catalogue.api.version or "unversioned", description=catalogue.api.summary
        ),
        servers=[_server(server.url, server.variables) for server in catalogue.api.servers],
    )
    return Exported(
        head=f"# Made by errdex from a catalogue of responses.\n{yaml_text(head)}",
        paths={path: _path(path, item) for path, item in exporter.paths().items()},
        first=exporter.first,
        shared={
            name: Member(yaml_text({name: said}, indent=4), schemas=frozenset(_schemas_of([said])))
            for name, said in exporter.shared.items()
        },
        schemas={name: Member(yaml_text({name: said}, indent=4)) for name, said in exporter.schemas.items()},
    )


def part_of_openapi(exported: Exported, paths: Iterable[str]) -> str:
    """Return a document with some of the paths, and with no more components than they need."""
    chosen = [exported.paths[path] for path in paths]
    names = frozenset[str]().union(*(path.shared for path in chosen))
    shared = [said for name, said in exported.shared.items() if name in names]
    used = frozenset[str]().union(*(member.schemas for member in (*chosen, *shared)))
    return _document(exported, chosen, shared, (said for name, said in exported.schemas.items() if name in used))


def index_of_openapi(exported: Exported, files: Mapping[str, str]) -> str:
    """Return a document whose paths lead to those of other files; `files` are their addresses by path."""
    references = []
    for path, file in files.items():
        pointer = path.replace("~", "~0").replace("/", "~1")
        references.append(_path(path, {"$ref": f"{file}#/paths/{quote(pointer, safe='~')}"}))
    return _document(exported, references, (), ())


def _document(exported: Exported, paths: Iterable[Member], shared: Iterable[Member], schemas: Iterable[Member]) -> str:
    components = _below("  responses", shared) + _below("  schemas", schemas)
    return "".join(
        (
            exported.head,
            _below("paths", paths) or "paths: {}\n",
            f"components:\n{components}" if components else "",
        )
    )


def _below(key: str, members: Iterable[Member]) -> str:
    """Return members with the key that they stand below; empty when there are none."""
    text = "".join(member.text for member in members)
    return f"{key}:\n{text}" if text else ""


def _path(path: str, item: object) -> Member:
    responses = list(_responses_of(item))
    names = frozenset(name for response in responses if (name := _target(response)))
    return Member(yaml_text({path: item}, indent=2), names, frozenset(_schemas_of(responses)))


def _schemas_of(responses: Iterable[object]) -> Iterator[str]:
    for response in responses:
        for content in _member(response, "content").values():
            yield _target(_member(content, "schema"))


def _responses_of(item: object) -> Iterator[object]:
    """Yield the responses of all operations of a path item."""
    for methods in (item, _member(item, "additionalOperations")):
        for operation in methods.values() if isinstance(methods, dict) else ():
            yield from _member(operation, "responses").values()


def _member(value: object, key: str) -> Data:
    """Return what an object has under a key; empty when that is no object."""
    member = value.get(key) if isinstance(value, dict) else None
    return member if isinstance(member, dict) else {}


def _target(value: object) -> str:
    """Return the name that a reference to a component ends with; empty for what is no reference."""
    return str(value["$ref"]).rpartition("/")[2] if isinstance(value, dict) and "$ref" in value else ""


def _description(response: Response, urls: Mapping[str, str | None]) -> str:
    """Return all that a response says as CommonMark."""
    causes = [" ".join((cause.says, *(remedy.says for remedy in cause.remedies))) for cause in response.causes]
    bullets = "\n".join(f"- {cause}" for cause in causes) if len(causes) > 1 else "".join(causes)
    says = response.body.says if response.body else ""
    parts = (response.summary, says, response.detail, bullets, *(remedy.says for remedy in response.remedies))
    return "\n\n".join(_linked(part, urls) for part in parts if part)


def _linked(prose: str, urls: Mapping[str, str | None]) -> str:
    return _REF.sub(lambda match: f"[{match[1]}]({url})" if (url := urls.get(match[2])) else match[1], prose)


class _Exporter:
    """What has been given a name under `components` so far."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.shared: Data = {}
        self.schemas: Data = {}
        self.first: dict[str, str] = {}
        self._catalogue = catalogue
        self._urls = {link.id: link.url for link in catalogue.links}
        self._operations = {operation.id: operation for operation in catalogue.operations if not operation.removed}
        self._responses = self._by_operation()

    def paths(self) -> Data:
        """Return the paths, each with its methods; a method and path that two operations have is the first one's."""
        paths: dict[str, Data] = {}
        groups = {operation: group.title for group in self._catalogue.groups for operation in group.operations}
        for operation in self._operations.values():
            for number, endpoint in enumerate(operation.endpoints, 1):
                path = endpoint.path.replace("{+", "{")
                item = paths.setdefault(path, _item(endpoint.path))
                self.first.setdefault(path, operation.id)
                methods: Data = item
                key = endpoint.method.lower()
                if endpoint.method not in _METHODS and endpoint.method != "QUERY":
                    methods = item.setdefault("additionalOperations", {})  # type: ignore[assignment]
                    key = endpoint.method
                if key not in methods:
                    methods[key] = self._operation(operation, endpoint, number, groups.get(operation.id, ""))
        return dict(paths)

    def _by_operation(self) -> dict[str, Data]:
        responses: dict[str, Data] = {operation: {} for operation in self._operations}
        for status in self._catalogue.statuses:
            for cell in status.cells:
                if cell.response.state != "documented" or cell.response.removed:
                    continue
                operations = [operation for operation in cell.operations if operation in self._operations]
                endpoints = sum(len(self._operations[operation].endpoints) for operation in operations)
                said = self._response(cell.response)
                if endpoints > 1:
                    said = {"$ref": f"#/components/responses/{self._share(cell, said)}"}
                for operation in operations:
                    responses[operation][status.code] = said
        return responses

    def _share(self, cell: Cell, said: Data) -> str:
        stem = "-".join(filter(None, (cell.response.status, cell.group)))
        name, number = stem, 1
        while name in self.shared:
            number += 1
            name = f"{stem}-{number}"
        self.shared[name] = said
        return name

    def _operation(self, operation: Operation, endpoint: Endpoint, number: int, group: str) -> Data:
        name = f"{endpoint.method} {endpoint.path}"
        prose = "\n\n".join((operation.summary, *(f"- {limit}" for limit in operation.limits))).strip()
        return _given(
            operationId=operation.id if number == 1 else f"{operation.id}-{number}",
            tags=list(operation.tags or filter(None, [group])),
            summary="" if operation.title == name else operation.title,
            description=_linked(prose, self._urls),
            externalDocs={"url": operation.doc_url} if operation.doc_url else {},
            deprecated=operation.deprecated is not None,
            responses=self._responses[operation.id],
        )

    def _response(self, response: Response) -> Data:
        extensions: Data = {}
        if response.retryable is not None:
            extensions["x-retryable"] = response.retryable
        if response.client != "may-propagate":
            extensions["x-client"] = response.client
        headers = {header.name: _header(header) for header in response.headers}
        return {
            "description": _description(response, self._urls),
            **_given(headers=headers, content=self._content(response.body)),
            **extensions,
        }

    def _content(self, body: Body | None) -> Data:
        """Return the media types of a body; all of them for one whose media types are unsaid."""
        if body is None or body.kind == "empty":
            return {}
        self.schemas[body.id] = _given(description=body.says)
        schema = {"$ref": f"#/components/schemas/{body.id}"}
        examples = dict(body.example)
        return {
            media_type: {
                "schema": schema,
                **({"example": _example(media_type, examples[media_type])} if media_type in examples else {}),
            }
            for media_type in body.media_types or ("*/*",)
        }


def _item(path: str) -> Data:
    """Return a path item with its parameters, each of which OpenAPI wants to be declared."""
    spans = {name: bool(plus) for plus, name in _PARAMETER.findall(path)}
    return {"parameters": [_parameter(name, spans=spans[name]) for name in spans]} if spans else {}


def _parameter(name: str, *, spans: bool) -> Data:
    parameter: Data = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    return {**parameter, "x-multi-segment": True} if spans else parameter


def _server(url: str, variables: Iterable[tuple[str, str]]) -> Data:
    return _given(url=url, variables={name: {"default": default} for name, default in variables})


def _header(header: Header) -> Data:
    return _given(
        description=header.says,
        required=header.required,
        schema={"type": "integer" if header.type in ("integer", "epoch") else "string"},
        example=int(header.example) if header.type == "integer" and header.example.isdecimal() else header.example,
    )


def _example(media_type: str, text: str) -> object:
    if "json" in media_type:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return text


def _given(**values: object) -> Data:
    """Return the keys that have something to say."""
    return dict(_said(values))


def _said(values: Data) -> Iterator[tuple[str, object]]:
    for key, value in values.items():
        if value not in ("", None, False) and value not in ([], {}):
            yield key, value
