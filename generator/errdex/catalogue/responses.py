"""What each status means for each operation: shared fields, overlaid by group, then by operation.

A status says its fields once. Without `for` they are one response of every operation; with it they are
shared by the responses that it lists. A response of a group overlays them for the group's operations, and a
response of one operation, whether in `for` or under the operation, overlays both. To overlay is to replace a
field as a whole. Whoever is not spoken of is unsaid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from errdex.catalogue import model
from errdex.catalogue.fields import Entries, deprecation, entries_of, flag, items, line, pairs, text, texts, value
from errdex.catalogue.source import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.declared import Declared
    from errdex.catalogue.source import Node
    from errdex.errors import Location

_STATUS_ORDER = {"X": 1, "d": 2}
_OWN = "responses"


class _Said(NamedTuple):
    """What the source says of one status for some operations."""

    operations: tuple[str, ...]
    group: str | None
    key: Scalar
    """The id or the status that it stands under."""
    node: Node | None
    """None when the status itself says it."""


def read_statuses(declared: Declared) -> Iterator[model.Status]:
    """Yield the statuses, codes before ranges before `default`, with one cell for all that was said once."""
    sections = declared.outline.sections
    own: dict[str, list[_Said]] = {}
    for operation, (_, node) in sections["operations"].items():
        for status, (key, cell) in entries_of(value(entries_of(node), _OWN)).items():
            own.setdefault(status, []).append(_Said((operation,), None, key, cell))
    shared = sections["responses"]
    for status in sorted({**shared, **own}, key=_order):
        if status in shared:
            key, node = shared[status]
        else:
            key, node = own[status][0].key, None
        yield _status(declared, status, key, node, own.get(status, []))


def _order(status: str) -> tuple[str, int, str]:
    return ("9", 2, status) if status == "default" else (status[:1], 1 if status.endswith("XX") else 0, status)


def _status(declared: Declared, status: str, key: Scalar, node: Node | None, own: list[_Said]) -> model.Status:
    entries = entries_of(node)
    shared = {name: entry for name, entry in entries.items() if name != "for"}
    everyone = tuple(declared.operations)
    layers = []
    if node is not None and "for" not in entries:
        layers.append(_Said(everyone, None, key, None))
    listed = [*_listed(declared, entries)]
    layers.extend(said for said in listed if said.group is not None)
    single = [said for said in listed if said.group is None]
    for said in own:
        for other in single:
            if other.operations == said.operations:
                message = (
                    f"{status} of operation '{said.operations[0]}' is said twice, "
                    f"first in line {other.key.location.line}"
                )
                first = other.key.location
                if first.path != said.key.location.path:
                    message += f" of {first.path}"
                declared.report(said.key.location, message)
    layers.extend(single)
    layers.extend(own)
    # The last layer that speaks of an operation says its cell; the cells below it only lend their fields.
    said_by: dict[str, int] = {operation: n for n, said in enumerate(layers) for operation in said.operations}
    reason = line(shared, "reason") or next((line(entries_of(said.node), "reason") for said in own), "")
    cells = []
    for number, said in enumerate(layers):
        operations = tuple(operation for operation in said.operations if said_by.get(operation) == number)
        if operations:
            response = _cell(declared, status, operations, shared, layers[: number + 1], reason)
            cells.append(model.Cell(operations, said.group, response))
    for operations, group in _unsaid(declared, said_by):
        response = _blank(status, operations[0], "unsaid", reason, key.location)
        cells.append(model.Cell(operations, group, response))
    order = {operation: n for n, operation in enumerate(everyone)}
    cells.sort(key=lambda cell: order[cell.operations[0]])
    return model.Status(status, reason, declared.prose(value(shared, "summary")), tuple(cells), key.location)


def _listed(declared: Declared, entries: Entries) -> Iterator[_Said]:
    for target, (key, node) in entries_of(value(entries, "for")).items():
        if target in declared.groups:
            yield _Said(declared.groups[target].operations, target, key, node)
        elif target in declared.operations:
            yield _Said((target,), None, key, node)
        else:
            declared.unknown(key, "operation or group", [*declared.operations, *declared.groups])


def _unsaid(declared: Declared, said_by: dict[str, int]) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Yield the operations that a status is silent about, column by column."""
    missing: dict[str, list[str]] = {}
    for operation in declared.operations:
        if operation not in said_by:
            missing.setdefault(declared.group_of.get(operation, operation), []).append(operation)
    for column, operations in missing.items():
        whole = column in declared.groups and len(operations) == len(declared.groups[column].operations)
        if whole:
            yield tuple(operations), column
        else:
            yield from (((operation,), None) for operation in operations)


def _cell(
    declared: Declared, status: str, operations: tuple[str, ...], shared: Entries, layers: list[_Said], reason: str
) -> model.Response:
    top = layers[-1]
    if isinstance(top.node, Scalar):
        return _blank(status, operations[0], "not-applicable", reason, top.key.location)
    entries = dict(shared)
    for layer in layers:
        if layer.node is not None and set(operations) <= set(layer.operations):
            entries.update(entries_of(layer.node))
    return _response(declared, status, operations[0], entries, top.key.location)


def _blank(status: str, operation: str, state: model.State, reason: str, location: Location) -> model.Response:
    return model.Response(
        status, operation, state, reason, "", "", None, (), (), (), (), None,
        "may-propagate", "", None, "", None, "", (), location,
    )  # fmt: skip


def _response(declared: Declared, status: str, operation: str, entries: Entries, location: Location) -> model.Response:
    body = None
    body_node = value(entries, "body")
    if isinstance(body_node, Scalar):
        body = declared.bodies.get(body_node.text)
        if body is None:
            declared.unknown(body_node, "body", declared.bodies)
    client = text(entries, "client")
    return model.Response(
        status=status,
        operation=operation,
        state="documented",
        reason=line(entries, "reason"),
        summary=declared.prose(value(entries, "summary")),
        detail=declared.prose(value(entries, "detail")),
        body=body,
        causes=declared.causes_of(entries),
        remedies=declared.remedies_of(entries),
        headers=tuple(_headers(declared, entries)) if "headers" in entries else (),
        problems=_problems(declared, entries, body),
        retryable=flag(entries, "retryable"),
        client=cast("model.ClientPolicy", client or "may-propagate"),
        since=text(entries, "since"),
        deprecated=deprecation(entries) if "deprecated" in entries else None,
        removed=text(entries, "removed"),
        doc_url=text(entries, "doc_url") or None,
        owner=line(entries, "owner"),
        related=tuple(texts(entries, "related")) if "related" in entries else (),
        location=location,
    )


def _problems(declared: Declared, entries: Entries, body: model.Body | None) -> tuple[model.Problem, ...]:
    if "problems" not in entries:
        return body.problems if body else ()
    if body and body.problems and not body.open:
        named = {problem.id for problem in body.problems}
        for item in items(entries, "problems"):
            if isinstance(item, Scalar) and item.text not in named:
                declared.unknown(item, f"problem of body '{body.id}'", named)
    return declared.problems_of(entries)


def _headers(declared: Declared, entries: Entries) -> Iterator[model.Header]:
    for name, (key, node) in entries_of(value(entries, "headers")).items():
        fields = entries_of(node)
        yield model.Header(
            name=name,
            says=declared.prose(node if isinstance(node, Scalar) else value(fields, "says")),
            type=text(fields, "type") or "string",
            required=flag(fields, "required") or False,
            example=text(fields, "example"),
            location=key.location,
        )
