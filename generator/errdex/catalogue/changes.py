"""What differs between two catalogues, as facts: the kinds of changes, and how much each matters to a client.

A client is code that was written against the old catalogue. *breaking*: it fails, or takes a failure for a success.
*risky*: it may meet something that it does not know. *fine*: it goes on as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from errdex.catalogue.model import Operation
    from errdex.errors import Location

    Sites = Mapping[int, Sequence["Site"]]
    """Places in client code by the number of the change that touches them."""

Grade = Literal["breaking", "risky", "fine"]

GRADES: tuple[Grade, ...] = ("breaking", "risky", "fine")
"""The worst first."""

Kind = Literal[
    "server-added", "server-removed", "server-changed", "server-variable-changed", "request-id-header-changed",
    "operation-added", "operation-removed", "operation-renamed", "operation-deprecated", "operation-undeprecated",
    "operation-retitled", "operation-reworded", "operation-limits-changed", "operation-tags-changed",
    "operation-doc-url-changed", "operation-since-changed",
    "endpoint-added", "endpoint-removed", "endpoint-replaced", "path-changed", "method-changed", "parameter-renamed",
    "status-added", "status-removed", "status-changed", "status-ruled-out", "status-not-ruled-out",
    "status-deprecated", "status-undeprecated", "status-since-changed",
    "became-must-handle", "no-longer-must-handle", "client-policy-changed", "retry-changed",
    "body-kind-changed", "body-said", "body-unsaid", "body-schema-changed", "body-reworded", "body-example-changed",
    "media-type-added", "media-type-removed", "media-type-changed", "problem-location-changed",
    "problem-added", "problem-removed", "problem-reworded", "problems-opened", "problems-closed",
    "header-added", "header-removed", "header-became-required", "header-became-optional", "header-type-changed",
    "header-reworded", "cause-added", "cause-removed", "cause-reworded", "remedy-added", "remedy-removed",
    "remedy-reworded", "reason-changed", "reworded", "doc-url-changed", "owner-changed", "related-changed",
]  # fmt: skip


class Change(NamedTuple):
    """One difference, however many operations it touches."""

    kind: Kind
    grade: Grade
    operations: tuple[str, ...]
    """Ids, as the new catalogue has them, of those that are gone as the old one had them; empty for the whole API."""
    statuses: tuple[str, ...]
    """Empty when it is about operations as a whole."""
    message: str
    """Lower case, subject first, no full stop; names the operations and the statuses."""
    before: str
    """What the old catalogue says; empty when it says nothing."""
    after: str
    old: Location | None
    """Where the old catalogue says it; None when it does not."""
    new: Location | None


class Site(NamedTuple):
    """A place in client code that a change touches."""

    location: Location
    says: str
    """What the code does there: lower case, no full stop."""


class Pair(NamedTuple):
    """An operation that both catalogues have."""

    old: Operation
    new: Operation


def name(operation: Operation) -> str:
    """Return an operation as messages name it: its first endpoint, and its id."""
    endpoint = operation.endpoints[0]
    return f"{endpoint.method} {endpoint.path} ({operation.id})"
