"""From a request's abstract URL to the operation that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from errdex.catalogue.routes import address
from errdex.lint.interpreter.strings import is_text, parts_of
from errdex.lint.values import Hole
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errdex.catalogue.model import Catalogue, Operation
    from errdex.catalogue.routes import Address, Routes
    from errdex.lint.values import Request

Kind = Literal["operation", "wrong-method", "unknown-operation", "elsewhere", "unresolved"]


#: What unknown pieces are called that hold a path, or the rest of one.
_PATHS = frozenset({"path", "url", "uri", "endpoint", "suffix", "route", "resource", "rest", "tail"})
#: What unknown pieces are called that hold a query.
_QUERY = re.compile(r"(?i)query|param|args|qs|filter|page|option")


class Resolution(NamedTuple):
    """What a request is, as far as its method and URL tell."""

    kind: Kind
    catalogue: Catalogue | None
    operation: Operation | None
    method: str
    url: str
    """The URL, its holes as `{name}`."""
    server: bool
    """True when the host or base path is the catalogue's, not only the path."""
    reason: str
    """Why it is not an operation; empty when it is."""
    base: str = ""
    """The name of the unknown piece that the URL starts with."""


def resolve(request: Request, routes: Sequence[Routes]) -> Resolution:
    """Return what a request is: an operation, one that no catalogue has, a call of another API, or not to be known."""
    method = request.method if isinstance(request.method, str) else ""
    if not is_text(request.url):
        return Resolution("unresolved", None, None, method, "", False, "the URL is not known here")
    parts = parts_of(request.url)
    url = "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in parts)
    base = parts[0].name if parts and isinstance(parts[0], Hole) else ""
    if _is_open_ended(parts):
        return Resolution("unresolved", None, None, method, url, False, "the end of the path is not known here", base)
    where = address([None if isinstance(part, Hole) else part for part in parts], base)
    named = [(table, match) for table in routes for match in table.matches(where)]
    found = [(table, match) for table, match in named if not method or match.endpoint.method == method]
    if method == "HEAD" and not found:
        # Whoever answers GET answers HEAD with the same status (RFC 9110, section 9.3.2).
        found = [(table, match) for table, match in named if match.endpoint.method == "GET"]
    best = max(((match.evidence == "server", match.literals) for _, match in found), default=None)
    chosen = [(t, m) for t, m in found if (m.evidence == "server", m.literals) == best]
    operations = {(table.catalogue.api.id, match.operation.id): (table, match) for table, match in chosen}
    if len(operations) == 1:
        table, match = next(iter(operations.values()))
        verb = method or match.endpoint.method
        return Resolution(
            "operation", table.catalogue, match.operation, verb, url, match.evidence == "server", "", base
        )
    if operations:
        names = ", ".join(sorted(operation for _, operation in operations))
        reason = f"the method is not known here: {names}" if not method else f"several operations fit: {names}"
        return Resolution("unresolved", None, None, method, url, False, reason, base)
    return _missing(where, method, url, base, routes)


def _is_open_ended(parts: Sequence[str | Hole]) -> bool:
    """Return whether a path of unknown length is put to the end: f"{api}/repos/{name}{path}"."""
    if len(parts) < 2 or not isinstance(parts[-1], Hole) or (len(parts) == 2 and isinstance(parts[0], Hole)):
        return False
    said = "".join(part for part in parts if isinstance(part, str))
    if "?" in said:
        return False
    before, name = parts[-2], parts[-1].name
    return not _QUERY.search(name) if isinstance(before, Hole) else not before.endswith("/") and name in _PATHS


def _missing(where: Address, method: str, url: str, base: str, routes: Sequence[Routes]) -> Resolution:
    for table in routes:
        first = next(iter(table.matches(where)), None)
        if first and not first.doubtful and table.may_serve(where) and _certain(where, first.literals):
            server = first.evidence == "server"
            reason = _methods(table, where)
            return Resolution("wrong-method", table.catalogue, first.operation, method, url, server, reason, base)
    for table in routes:
        if table.below(where) and not table.could_be(where, method) and not _is_graphql(where):
            near = _methods(table, where) or _suggestion(table, where)
            if table.is_own(where) or near:
                return Resolution("unknown-operation", table.catalogue, None, method, url, True, near, base)
    if where.host is not None and not any(table.serves(where) for table in routes):
        return Resolution("elsewhere", None, None, method, url, False, "another host", base)
    if not any(segment is not None for segment in where.segments):
        return Resolution("unresolved", None, None, method, url, False, "the path is not known here", base)
    return Resolution("unresolved", None, None, method, url, False, "no catalogue has that path", base)


def _methods(table: Routes, where: Address) -> str:
    """Say which methods the path takes, nothing when no operation has it."""
    matches = table.matches(where)
    allowed = ", ".join(dict.fromkeys(match.endpoint.method for match in matches))
    return f"{matches[0].endpoint.path} takes {allowed}" if matches else ""


def _suggestion(table: Routes, where: Address) -> str:
    near = nearest(table, where)
    return f"did you mean {near}?" if near else ""


def _is_graphql(where: Address) -> bool:
    """Return whether the URL is by its name one of GraphQL, which no description of operations has beside it."""
    return bool(where.segments) and where.segments[-1] == "graphql"


def _certain(where: Address, literals: int) -> bool:
    return literals > 0 and (not where.segments or where.segments[-1] is not None or literals >= 6)


def nearest(table: Routes, where: Address) -> str:
    """Return the path of the catalogue that is spelled most like the URL's, empty when none is."""
    path = "/" + "/".join(segment or "{}" for segment in where.segments)
    paths = [endpoint.path.rstrip("/") for operation in table.catalogue.operations for endpoint in operation.endpoints]
    known = {path: path for path in paths}
    for base in table.bases:
        prefix = "".join(f"/{segment or '{}'}" for segment in base.segments)
        known.update({prefix + path: path for path in paths})
    from difflib import get_close_matches  # only for a request of no operation

    close = get_close_matches(path, list(known), n=1, cutoff=0.7)
    return known[close[0]] if close else ""
