"""The catalogue as facts: immutable records, expanded and checked, that every product reads.

Whatever the source (YAML, OpenAPI, a compiled cache), a `Catalogue` has one `Response` for every pair of a
status and an operation. What the source said once for several operations is kept in `Status.cells`, so that
a table can merge again what was merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.records import NamedTuple

if TYPE_CHECKING:
    from errdex.errors import Location

State = Literal["documented", "not-applicable", "unsaid"]
ClientPolicy = Literal["must-handle", "may-propagate", "ignore"]
BodyKind = Literal["empty", "content", "error"]


class Link(NamedTuple):
    """A target of `[text](ref:ID)` in any prose."""

    id: str
    title: str
    url: str | None
    """Absolute http(s) URL; None when the target has no address."""
    location: Location


class Problem(NamedTuple):
    """A named error inside a status: Netwrix's Category, Stripe's code, an RFC 9457 type."""

    id: str
    """As it stands in the response body, or the last segment of its type URI."""
    title: str
    says: str
    """Prose; empty when the catalogue only names it."""
    type: str | None
    """The RFC 9457 `type` URI, when the API sends one."""
    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    retryable: bool | None
    """None when the catalogue does not say."""
    location: Location


class Body(NamedTuple):
    """What comes with a response."""

    id: str
    kind: BodyKind
    says: str
    """One sentence about the body; may be empty."""
    media_types: tuple[str, ...]
    problem: tuple[tuple[str, str], ...]
    """Where the problem's name stands, by format: (("json", "ErrorList.0.Category"), ("xml", "{ns}Error/{ns}Code"))."""
    problems: tuple[Problem, ...]
    """The problems that this body can name."""
    open: bool
    """True when other problems than these may come."""
    example: tuple[tuple[str, str], ...]
    """Example text by media type."""
    location: Location


class Remedy(NamedTuple):
    """What to do about a response."""

    id: str
    says: str
    location: Location


class Cause(NamedTuple):
    """Why a response happens, with the remedies that belong to it."""

    id: str
    says: str
    remedies: tuple[Remedy, ...]
    retryable: bool | None
    """None: as the response says."""
    location: Location


class Header(NamedTuple):
    """A documented response header."""

    name: str
    says: str
    type: str
    """`string`, `integer`, `seconds-or-date`, `epoch` or `date`."""
    required: bool
    example: str
    location: Location


class Endpoint(NamedTuple):
    """One method and path template of an operation."""

    method: str
    """Upper case."""
    path: str
    """`/path/{template}`, below the server's base path."""
    location: Location


class Deprecation(NamedTuple):
    """When something was deprecated, and what to use instead."""

    since: str
    """The API version; empty when the catalogue says only that it is deprecated."""
    use: str
    """The id of the operation or the status to use instead; may be empty."""


class Operation(NamedTuple):
    """One thing a client asks for."""

    id: str
    title: str
    summary: str
    """Prose; may be empty."""
    endpoints: tuple[Endpoint, ...]
    limits: tuple[str, ...]
    """Prose, one fact each: sizes, counts, defaults."""
    tags: tuple[str, ...]
    since: str
    """The API version that brought it; empty when unsaid."""
    deprecated: Deprecation | None
    removed: str
    """The API version that took it away; empty when it is there."""
    doc_url: str | None
    location: Location

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that the operation's endpoints allow, each once, in their order."""
        return tuple(dict.fromkeys(endpoint.method for endpoint in self.endpoints))


class Group(NamedTuple):
    """Operations that are documented together: a column of a table."""

    id: str
    title: str
    operations: tuple[str, ...]
    """Operation ids, in catalogue order."""
    location: Location


class Response(NamedTuple):
    """One cell: what one status means for one operation."""

    status: str
    """`404`, `4XX` or `default`."""
    operation: str
    """The operation's id."""
    state: State
    reason: str
    """The reason phrase that the API documents; empty when unsaid."""
    summary: str
    detail: str
    """Prose beyond the summary; may be empty."""
    body: Body | None
    """None when the catalogue does not say."""
    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    """Remedies of the response as a whole, beyond those of its causes."""
    headers: tuple[Header, ...]
    problems: tuple[Problem, ...]
    """The named errors that can come with it: its own, else those of its body."""
    retryable: bool | None
    """None when the catalogue does not say: never guessed from the status."""
    client: ClientPolicy
    """What the linter asks of clients; `may-propagate` unless said otherwise."""
    since: str
    deprecated: Deprecation | None
    removed: str
    doc_url: str | None
    owner: str
    related: tuple[str, ...]
    """Statuses worth reading next."""
    location: Location
    """The line that says it: the cell's, else the status's."""


class Cell(NamedTuple):
    """What the source said once: one response for one or several operations (a merged cell of a table)."""

    operations: tuple[str, ...]
    """Operation ids, in catalogue order."""
    group: str | None
    """The group that it was said for; None for a single operation or for all of them."""
    response: Response
    """The response of the first of the operations; the others differ only in `operation`."""


class Status(NamedTuple):
    """A status code, a range or `default`, and all that it means."""

    code: str
    reason: str
    summary: str
    """What is said of the status as a whole; may be empty."""
    cells: tuple[Cell, ...]
    """As the source merged them; together they cover every operation once."""
    location: Location


class Server(NamedTuple):
    """A base URL of the API, variables unexpanded."""

    url: str
    """`https://{host}:9699/netwrix/api/v1`"""
    variables: tuple[tuple[str, str], ...]
    """(name, default) of those variables that have a default."""
    location: Location


class Api(NamedTuple):
    """What the catalogue is about."""

    id: str
    title: str
    version: str
    summary: str
    servers: tuple[Server, ...]
    docs_base_url: str
    """Where the reference site is published, without a trailing slash; empty when unsaid."""
    request_id_header: str
    """The response header with the request's id; empty when there is none."""
    location: Location


class Catalogue(NamedTuple):
    """Everything one source says about one API."""

    path: str
    """The file that it was read from, as the user named it."""
    api: Api
    links: tuple[Link, ...]
    operations: tuple[Operation, ...]
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    """Group and operation ids in the order of a table's columns; together they cover every operation once."""
    statuses: tuple[Status, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    """Prose about the API as a whole."""
    bodies: tuple[Body, ...] = ()
    """All that are declared, used or not."""
    causes: tuple[Cause, ...] = ()
    """All that are declared under `causes`, used or not."""
    remedies: tuple[Remedy, ...] = ()
    """All that are declared under `remedies`, used or not."""

    def operation(self, operation_id: str) -> Operation:
        """Return the operation with that id; KeyError when there is none."""
        for operation in self.operations:
            if operation.id == operation_id:
                return operation
        raise KeyError(operation_id)

    def responses(self, *, unsaid: bool = True) -> tuple[Response, ...]:
        """Return one response for each (status, operation) pair, by status, then in the order of the operations.

        `unsaid` tells whether those are wanted that nothing is said of: most of a large API's.
        """
        order = {operation.id: index for index, operation in enumerate(self.operations)}
        responses: list[Response] = []
        for status in self.statuses:
            told: list[Response | None] = [None] * len(order)
            for cell in status.cells:
                if cell.response.state == "unsaid" and not unsaid:
                    continue
                # Tens of thousands for a large API, which `_replace` takes longer to make than its pages take to write.
                code, first, *rest = cell.response
                for operation in cell.operations:
                    told[order[operation]] = (
                        cell.response if operation == first else tuple.__new__(Response, (code, operation, *rest))
                    )
            responses += filter(None, told)
        return tuple(responses)
