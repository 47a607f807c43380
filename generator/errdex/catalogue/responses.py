"""What each status means for each operation: shared fields, overlaid by group, then by operation.

A status says its fields once. Without `for` they are one response of every operation; with it they are
shared by the responses that it lists. A response of a group overlays them for the group's operations, and a
response of one operation, whether in `for` or under the operation, overlays both. To overlay is to replace a
field as a whole. Whoever is not spoken of is unsaid.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from errdex.catalogue import model
from errdex.catalogue.fields import deprecation, entries_of, flag, items, line, text, texts, value
from errdex.catalogue.nodes import Scalar
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.declared import Declared
    from errdex.catalogue.nodes import Entries, Node
    from errdex.errors import Location


class _Said(NamedTuple):
    """What the source says of one status for one operation, one group or every operation."""

    key: Scalar
    """The id or the status that it stands under."""
    node: Node | None
    """None when the status itself says it."""


class _Layers(NamedTuple):
    """All that the source says of one status."""

    code: str
    reason: str
    shared: Entries
    base: _Said | None
    """For every operation."""
    groups: dict[str, _Said]
    operations: dict[str, _Said]


def read_statuses(declared: Declared) -> Iterator[model.Status]:
    """Yield the statuses, codes before their range and `default` last, with one cell for all that was said once."""
    sections = declared.outline.sections
    own: dict[str, dict[str, _Said]] = {}
    for operation, (_, fields) in sections["operations"].items():
        for code, (status, cell) in entries_of(value(entries_of(fields), "responses")).items():
            own.setdefault(code, {})[operation] = _Said(status, cell)
    shared = sections["responses"]
    for code in sorted({**shared, **own}, key=status_order):
        node: Node | None = None
        if code in shared:
            key, node = shared[code]
        else:
            key = next(iter(own[code].values())).key
        layers = _layers(declared, code, key, node, own.get(code, {}))
        summary = declared.prose(value(layers.shared, "summary"))
        yield model.Status(code, layers.reason, summary, tuple(_cells(declared, key, layers)), key.location)


def status_order(code: str) -> tuple[str, int, str]:
    """Return a key that sorts 404 before 4XX before 500, and `default` last."""
    return ("9", 0, code) if code == "default" else (code[:1], int(code.endswith("XX")), code)


def _layers(declared: Declared, code: str, key: Scalar, node: Node | None, own: dict[str, _Said]) -> _Layers:
    entries = entries_of(node)
    shared = {name: entry for name, entry in entries.items() if name != "for"}
    groups: dict[str, _Said] = {}
    operations: dict[str, _Said] = {}
    for target, (target_key, cell) in entries_of(value(entries, "for")).items():
        if target in declared.groups:
            groups[target] = _Said(target_key, cell)
        elif target in declared.operations:
            operations[target] = _Said(target_key, cell)
        else:
            declared.unknown(target_key, "operation or group", [*declared.operations, *declared.groups])
    for operation, said in own.items():
        if operation in operations:
            first, again = operations[operation].key.location, said.key.location
            where = f"line {first.line}" + (f" of {first.path}" if first.path != again.path else "")
            declared.report(again, f"{code} of operation '{operation}' is said twice, first in {where}")
    operations |= own
    reasons = (line(entries_of(said.node), "reason") for said in own.values())
    reason = line(shared, "reason") or next(filter(None, reasons), "")
    base = _Said(key, None) if node is not None and "for" not in entries else None
    return _Layers(code, reason, shared, base, groups, operations)


def _cells(declared: Declared, key: Scalar, layers: _Layers) -> Iterator[model.Cell]:
    """Yield the cells in the order of their first operations.

    An operation belongs to the cell of the last layer that speaks of it; the layers below only lend their fields.
    """
    spoken: dict[tuple[Literal["operation", "group", "base", "unsaid"], str], list[str]] = {}
    for operation in declared.operations:
        group = declared.group_of.get(operation, "")
        if operation in layers.operations:
            spoken.setdefault(("operation", operation), []).append(operation)
        elif group in layers.groups:
            spoken.setdefault(("group", group), []).append(operation)
        elif layers.base:
            spoken.setdefault(("base", ""), []).append(operation)
        else:
            spoken.setdefault(("unsaid", group or operation), []).append(operation)
    for (layer, id_), operations in spoken.items():
        first = operations[0]
        group_said = layers.groups.get(declared.group_of.get(first, ""))
        if layer == "operation":
            response = _response(declared, layers, first, group_said, layers.operations[id_])
        elif layer == "unsaid":
            response = _blank(layers, first, "unsaid", key.location)
        else:
            response = _response(declared, layers, first, group_said)
        whole = id_ in declared.groups and len(operations) == len(declared.groups[id_].operations)
        yield model.Cell(tuple(operations), id_ if layer == "group" or whole else None, response)


def _blank(layers: _Layers, operation: str, state: model.State, location: Location) -> model.Response:
    return model.Response(
        layers.code, operation, state, layers.reason, "", "", None, (), (), (), (), None,
        "may-propagate", "", None, "", None, "", (), location,
    )  # fmt: skip


def _response(declared: Declared, layers: _Layers, operation: str, *said: _Said | None) -> model.Response:
    """Return the response that the fields of the status and of each layer, the last one strongest, make."""
    entries = layers.shared
    top = layers.base
    for layer in said:
        if layer is not None:
            top = layer
            entries = {**entries, **entries_of(layer.node)}
    assert top is not None  # noqa: S101  # a cell is only made for a layer that is there
    location = top.key.location
    if isinstance(top.node, Scalar):
        return _blank(layers, operation, "not-applicable", location)
    has = entries.__contains__
    body = _body(declared, entries) if has("body") else None
    # By position: with keywords the records of a large catalogue take twice as long.
    return model.Response(
        layers.code,
        operation,
        "documented",
        line(entries, "reason") or layers.reason,
        declared.prose(value(entries, "summary")) if has("summary") else "",
        declared.prose(value(entries, "detail")) if has("detail") else "",
        body,
        declared.causes_of(entries) if has("causes") else (),
        declared.remedies_of(entries) if has("remedies") else (),
        tuple(_headers(declared, entries)) if has("headers") else (),
        _problems(declared, entries, body) if has("problems") else body.problems if body else (),
        flag(entries, "retryable") if has("retryable") else None,
        cast("model.ClientPolicy", text(entries, "client")) if has("client") else "may-propagate",
        text(entries, "since") if has("since") else "",
        deprecation(entries) if has("deprecated") else None,
        text(entries, "removed") if has("removed") else "",
        text(entries, "doc_url") or None if has("doc_url") else None,
        line(entries, "owner") if has("owner") else "",
        tuple(texts(entries, "related")) if has("related") else (),
        location,
    )


def _body(declared: Declared, entries: Entries) -> model.Body | None:
    node = value(entries, "body")
    if not isinstance(node, Scalar):
        return None
    if node.text not in declared.bodies:
        declared.unknown(node, "body", declared.bodies)
    return declared.bodies.get(node.text)


def _problems(declared: Declared, entries: Entries, body: model.Body | None) -> tuple[model.Problem, ...]:
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
