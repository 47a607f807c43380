"""From a response object of OpenAPI or Swagger to the body, headers and texts that a catalogue says of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from errdex.catalogue.documents import is_null, is_true, mapping, printable, string, strings
from errdex.catalogue.foreign_yaml import Plain, typed
from errdex.catalogue.model import Body, Header, Response
from errdex.catalogue.references import Missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errdex.catalogue.model import BodyKind
    from errdex.catalogue.openapi_paths import Request
    from errdex.catalogue.references import Node, References
    from errdex.errors import Location

LONGEST_EXAMPLE = 4_000
"""Characters of an example that is kept; a longer one is left out, since a part of it would be no example."""
_MOST_EXAMPLE_VALUES = 2_000
_DEEPEST_EXAMPLE = 30

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+(;[ -~]+)?")
_LIST_ITEM = re.compile(r"[-*+] |\d+[.)] ")


class ResponseReader:
    """Reads response objects; bodies that are alike in kind, media types, schema and examples are one body."""

    def __init__(self, references: References) -> None:
        self._references = references
        self._bodies: dict[tuple[object, ...], Body] = {}
        self._names: dict[str, int] = {}

    @property
    def bodies(self) -> tuple[Body, ...]:
        """All the bodies of the responses that were read."""
        return tuple(self._bodies.values())

    def documented(self, status: str, operation: str, node: Node | Missing, request: Request) -> Response:
        """Return the response that a document has; of one that is not at hand only that it exists."""
        if isinstance(node, Missing):
            return unsaid(status, operation, node.problem.location)._replace(state="documented")
        location = node.document.location(node.pointer)
        summary, detail = _texts(prose(node.get("summary")), prose(node.get("description")))
        return unsaid(status, operation, location)._replace(
            state="documented",
            summary=summary,
            detail=detail,
            body=self._body(status, node, request, location),
            headers=_headers(node, self._references),
        )

    def _body(self, status: str, node: Node, request: Request, location: Location) -> Body:
        """Return what comes with a response, at the place of the response.

        Both formats say that a response without a schema (Swagger 2.0) or without `content` (OpenAPI) has no body, and
        RFC 9110, section 9.3.2, that nothing answers HEAD with one.
        """
        contents = {} if request.method == "HEAD" else _contents(node, request)
        kind: BodyKind = "empty" if not contents else "error" if status[0] in "45d" else "content"
        names = (_schema_name(content.get("schema")) for content in contents.values())
        examples = (
            (media_type, text)
            for media_type, content in contents.items()
            if (text := _example(content, media_type, self._references)) is not None
        )
        name = next(filter(None, names), kind)
        media_types, example = tuple(sorted(contents)), tuple(sorted(examples))
        key = (name, kind, media_types, example)
        if key not in self._bodies:
            number = self._names[name] = self._names.get(name, 0) + 1
            self._bodies[key] = Body(
                id=name if number == 1 else f"{name}-{number}",
                kind=kind,
                says="",
                media_types=media_types,
                problem=(),
                problems=(),
                open=True,
                example=example,
                location=location,
            )
        return self._bodies[key]._replace(location=location)


def unsaid(status: str, operation: str, location: Location) -> Response:
    """Return the response of a status that a document does not mention for an operation."""
    return Response(
        status=status,
        operation=operation,
        state="unsaid",
        reason="",
        summary="",
        detail="",
        body=None,
        causes=(),
        remedies=(),
        headers=(),
        problems=(),
        retryable=None,
        client="may-propagate",
        since="",
        deprecated=None,
        removed="",
        doc_url=None,
        owner="",
        related=(),
        location=location,
    )


def reworded(response: Response, summary: str, description: str) -> Response:
    """Return the response with these texts, as far as there are any: a document may put its own beside a reference."""
    if not summary and not description:
        return response
    first, rest = _texts(summary, description)
    return response._replace(summary=first, detail=rest or response.detail if summary else rest)


def _texts(summary: str, description: str) -> tuple[str, str]:
    """Return a summary on one line, and what comes after it."""
    if summary:
        return " ".join(summary.split()), description
    return paragraphs(description)


def prose(value: object) -> str:
    """Return a text of a description; `(ref:ID)` is no link in it, since a description declares none."""
    return string(value).strip().replace("](ref:", "]\\(ref:")


def produces(request: Request) -> tuple[str, ...]:
    """Return the media types that Swagger 2.0 says once for all responses of an operation; OpenAPI does not."""
    if "swagger" not in mapping(request.root.value):
        return ()
    own = request.operation.get("produces")
    return strings(request.root.get("produces") if own is None else own)


def paragraphs(text: str) -> tuple[str, str]:
    """Return the first paragraph of a text on one line, and all that comes after it as it stands.

    A list ends a paragraph, as it does in CommonMark.
    """
    lines = text.strip().splitlines()
    for index, line in enumerate(lines):
        if not line.strip() or (index and _LIST_ITEM.match(line.lstrip())):
            return " ".join(" ".join(lines[:index]).split()), "\n".join(lines[index:]).strip()
    return " ".join(" ".join(lines).split()), ""


def _contents(node: Node, request: Request) -> dict[str, Node]:
    """Return the media types of a response, each with the node that has its `schema` and `examples`."""
    if "swagger" not in mapping(request.root.value):
        if not node.get("content"):
            return {}
        content = node.child("content")
        return _by_media_type((media_type, content.child(media_type)) for media_type in mapping(content.value))
    if is_null(node.get("schema")):
        return {}
    media_types = produces(request) or tuple(mapping(node.get("examples"))) or ("*/*",)
    return _by_media_type((media_type, node) for media_type in media_types)


def _by_media_type(contents: Iterable[tuple[str, Node]]) -> dict[str, Node]:
    """Return the contents; all that have no media type for their key are of any."""
    return {(media_type if _MEDIA_TYPE.fullmatch(media_type) else "*/*"): node for media_type, node in contents}


def _schema_name(schema: object) -> str:
    """Return the name of a schema that is said by reference; empty for one that is written out."""
    reference = string(mapping(schema).get("$ref"))
    if not reference:
        item = _schema_name(mapping(schema)["items"]) if "items" in mapping(schema) else ""
        return f"{item}-list" if item else ""
    name = reference.rstrip("/").rpartition("/")[2]
    name = re.sub(r"\.(ya?ml|json)(#.*)?$", "", name)
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name.replace("~1", "-"))
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _headers(node: Node, references: References) -> tuple[Header, ...]:
    """Return the documented headers; Content-Type is not one of them, as the OpenAPI Specification has it."""
    if not node.get("headers"):
        return ()
    headers = node.child("headers")
    return tuple(
        _header(name, header)
        for name in mapping(headers.value)
        if _HEADER_NAME.fullmatch(name)
        and name.lower() != "content-type"
        and not isinstance(header := references.resolve(headers.child(name)), Missing)
    )


def _header(name: str, node: Node) -> Header:
    schema = mapping(node.get("schema")) or mapping(node.value)
    kind = string(schema.get("type"))
    if kind != "integer":
        # RFC 9110, section 10.2.3: Retry-After is a date or a number of seconds, whatever its schema leaves open.
        kind = "seconds-or-date" if name.lower() == "retry-after" else "string"
    example = node.get("example")
    if example is None:
        example = schema.get("example")
    text = string(example)
    return Header(
        name,
        " ".join(prose(node.get("description")).split()),
        kind,
        is_true(node.get("required")),
        text if len(text) <= LONGEST_EXAMPLE else "",
        node.document.location(node.pointer),
    )


def _example(content: Node, media_type: str, references: References) -> str | None:
    """Return the text of a media type's first example, if there is one that is at hand and not too long."""
    examples = content.child("examples")
    found = content.child("example")
    if media_type in mapping(examples.value):
        found = examples.child(media_type)
    elif mapping(examples.value):
        found = references.at_hand(examples.child(next(iter(mapping(examples.value))))).child("value")
    if found.value is None:
        found = references.at_hand(content.child("schema")).child("example")
    if found.value is None:
        return None
    text = _example_text(found, media_type)
    return printable(text) if text is not None and len(text) <= LONGEST_EXAMPLE else None


def _example_text(example: Node, media_type: str) -> str | None:
    """Return an example as it is sent: text as it is, unless it is JSON and the text is none; None for a bomb."""
    value = example.value
    if isinstance(value, str) and "json" not in media_type:
        return str(value)
    if isinstance(value, str) and not isinstance(value, Plain):
        try:
            json.loads(value)
        except ValueError:
            return json.dumps(value, ensure_ascii=False)
        return value
    try:
        data = value if example.document.is_json else _typed(value, [_MOST_EXAMPLE_VALUES], 0)
    except OverflowError:
        return None
    return json.dumps(data, ensure_ascii=False)


def _typed(value: object, left: list[int], depth: int) -> object:
    """Return YAML data with its plain scalars typed as YAML 1.2 has them; OverflowError for a bomb of aliases."""
    left[0] -= 1
    if left[0] < 0 or depth > _DEEPEST_EXAMPLE:
        raise OverflowError
    if isinstance(value, dict):
        return {key: _typed(item, left, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item, left, depth + 1) for item in value]
    if not isinstance(value, Plain):
        return value
    return typed(value)
