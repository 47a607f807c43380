"""What changed for clients between two catalogues of an API.

Operations are the same when their ids are, else when a method and path are. One thing that was changed is one
change: what the sources say once for several operations (a shared response, a body, a cause) is told once, with all
the operations that it touches; what follows from another change (the responses of an operation that is gone) is not
told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.changes import Change, Pair, name
from errdex.catalogue.diff_cells import cell_changes
from errdex.catalogue.naming import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from errdex.catalogue.changes import Grade, Kind
    from errdex.catalogue.model import Catalogue, Endpoint, Operation

_PARAMETER = re.compile(r"\{[^{}]*\}")


def diff(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    """Yield each change, those of the API first, then of operations, then of responses by status."""
    pairs = list(same_operations(old, new))
    yield from _api(old, new)
    yield from _operations(old, new, pairs)
    yield from cell_changes(old, new, pairs)


def same_operations(old: Catalogue, new: Catalogue) -> Iterator[Pair]:
    """Yield each operation that both catalogues have."""
    after = {operation.id: operation for operation in new.operations if not operation.removed}
    before = [operation for operation in old.operations if not operation.removed]
    taken = {operation.id for operation in before if operation.id in after}
    by_endpoint = {
        _request(endpoint): operation
        for operation in reversed(after.values())
        if operation.id not in taken
        for endpoint in operation.endpoints
    }
    for operation in before:
        same = after.get(operation.id)
        if same is None:
            found = (by_endpoint.get(_request(endpoint)) for endpoint in operation.endpoints)
            same = next((other for other in found if other and other.id not in taken), None)
        if same is not None:
            taken.add(same.id)
            yield Pair(operation, same)


def _request(endpoint: Endpoint) -> tuple[str, str]:
    """Return what a client sends: the names of parameters are not part of it."""
    return endpoint.method, _PARAMETER.sub("{}", endpoint.path)


def _api(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    before = {server.url: server for server in old.api.servers}
    after = {server.url: server for server in new.api.servers}
    gone = [server for url, server in before.items() if url not in after]
    come = [server for url, server in after.items() if url not in before]

    def change(kind: Kind, grade: Grade, message: str, was: str, now: str) -> Change:
        places = before.get(was, old.api).location, after.get(now, new.api).location
        return Change(kind, grade, (), (), message, was, now, *places)

    if len(gone) == len(come) == 1:
        was, now = gone[0].url, come[0].url
        yield change("server-changed", "breaking", f"the API is served at {now}, no longer at {was}", was, now)
    else:
        for server in gone:
            yield change("server-removed", "breaking", f"the API is no longer served at {server.url}", server.url, "")
        for server in come:
            yield change("server-added", "fine", f"the API is served at {server.url} too", "", server.url)
    for url, server in before.items():
        other = after.get(url, server)
        if server.variables != other.variables:
            was, now = (", ".join(f"{name}={value}" for name, value in one.variables) for one in (server, other))
            message = f"the server {url} has other defaults: {now or 'none'} where it had {was or 'none'}"
            places = server.location, other.location
            yield Change("server-variable-changed", "risky", (), (), message, was, now, *places)
    if old.api.request_id_header != new.api.request_id_header:
        was, now = old.api.request_id_header, new.api.request_id_header
        message = f"the id of a request stands in the header {now or '(none)'}, before in {was or '(none)'}"
        yield change("request-id-header-changed", "risky" if was else "fine", message, was, now)


def _operations(old: Catalogue, new: Catalogue, pairs: Sequence[Pair]) -> Iterator[Change]:
    kept = {pair.old.id for pair in pairs}
    known = {pair.new.id for pair in pairs}
    for pair in pairs:
        yield from _operation(pair)
    for operation in old.operations:
        if operation.id not in kept and not operation.removed:
            message = f"{name(operation)} is gone"
            yield Change(
                "operation-removed",
                "breaking",
                (operation.id,),
                (),
                message,
                name(operation),
                "",
                operation.location,
                None,
            )
    for operation in new.operations:
        if operation.id not in known and not operation.removed:
            message = f"{name(operation)} is new"
            yield Change(
                "operation-added", "fine", (operation.id,), (), message, "", name(operation), None, operation.location
            )


def _operation(pair: Pair) -> Iterator[Change]:
    old, new = pair
    subject = name(new)

    def change(kind: Kind, grade: Grade, says: str, before: object = "", after: object = "") -> Change:
        return Change(
            kind, grade, (new.id,), (), f"{subject} {says}", str(before), str(after), old.location, new.location
        )

    if old.id != new.id and not (_is_made(old) and _is_made(new)):
        yield change("operation-renamed", "risky", f"was called {old.id}", old.id, new.id)
    yield from _endpoints(pair)
    if (old.deprecated is None) != (new.deprecated is None) or (old.deprecated != new.deprecated and new.deprecated):
        if new.deprecated is None:
            yield change("operation-undeprecated", "fine", "is no longer deprecated")
        else:
            use = f": use {new.deprecated.use}" if new.deprecated.use else ""
            yield change("operation-deprecated", "risky", f"is deprecated{use}", "", new.deprecated.since)
    if old.limits != new.limits:
        yield change(
            "operation-limits-changed", "risky", "has other limits", "\n".join(old.limits), "\n".join(new.limits)
        )
    if _title(old) != _title(new):
        yield change("operation-retitled", "fine", f"has the title {new.title!r}", old.title, new.title)
    if old.summary != new.summary:
        yield change("operation-reworded", "fine", "is described in other words", old.summary, new.summary)
    if old.tags != new.tags:
        yield change("operation-tags-changed", "fine", "has other tags", ", ".join(old.tags), ", ".join(new.tags))
    if old.doc_url != new.doc_url:
        yield change(
            "operation-doc-url-changed", "fine", "is documented elsewhere", old.doc_url or "", new.doc_url or ""
        )
    if old.since != new.since:
        yield change("operation-since-changed", "fine", "is said to exist since another version", old.since, new.since)


def _is_made(operation: Operation) -> bool:
    """Say whether the id is nothing but an endpoint, as that of an operation without an operationId."""
    return operation.id in {slug(f"{endpoint.method} {endpoint.path}") for endpoint in operation.endpoints}


def _title(operation: Operation) -> str:
    """Return the title, unless it only repeats an endpoint."""
    names = {f"{endpoint.method} {endpoint.path}" for endpoint in operation.endpoints}
    return "" if operation.title in names else operation.title


def _endpoints(pair: Pair) -> Iterator[Change]:
    old, new = pair
    before = {_request(endpoint): endpoint for endpoint in old.endpoints}
    after = {_request(endpoint): endpoint for endpoint in new.endpoints}
    gone = [endpoint for request, endpoint in before.items() if request not in after]
    come = [endpoint for request, endpoint in after.items() if request not in before]

    def change(kind: Kind, grade: Grade, says: str, was: Endpoint | None, now: Endpoint | None) -> Change:
        before, after = (f"{endpoint.method} {endpoint.path}" if endpoint else "" for endpoint in (was, now))
        places = (was or old).location, (now or new).location
        return Change(kind, grade, (new.id,), (), says.format(before, after, new.id), before, after, *places)

    if len(gone) == len(come) == 1:
        was, now = gone[0], come[0]
        kind: Kind = "endpoint-replaced"
        if was.method == now.method:
            kind = "path-changed"
        elif _request(was)[1] == _request(now)[1]:
            kind = "method-changed"
        yield change(kind, "breaking", "operation {2} is {1}, no longer {0}", was, now)
    else:
        for endpoint in gone:
            yield change("endpoint-removed", "breaking", "operation {2} is no longer {0}", endpoint, None)
        for endpoint in come:
            yield change("endpoint-added", "fine", "operation {2} is {1} too", None, endpoint)
    for request, endpoint in before.items():
        other = after.get(request, endpoint)
        if endpoint.path != other.path:
            says = "{1} was called {0}: the names of its parameters changed"
            yield change("parameter-renamed", "fine", says, endpoint, other)
