"""What a run of the linter says: the records that reports print and scripts read."""

from __future__ import annotations

from typing import Literal, NamedTuple

Verdict = Literal["success", "discriminated", "delegated", "collapsed", "dropped"]
Confidence = Literal["high", "medium", "low"]


class Span(NamedTuple):
    """A stretch of a client file."""

    path: str
    """As it was given or found, with forward slashes."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""
    end_line: int
    end_column: int
    """1-based, exclusive."""


class Step(NamedTuple):
    """One line of the way that a status takes through client code."""

    path: str
    line: int
    says: str
    """What happens there, such as `503 is not 404, goes on`."""


class Finding(NamedTuple):
    """What a rule reports."""

    rule: str
    message: str
    """Subject first, lower case, names the operation and the statuses; one line."""
    span: Span
    catalogue: str
    """The API's id; empty for findings about no API, such as unread-file."""
    operation: str
    """The operation's id; may be empty."""
    statuses: tuple[str, ...]
    confidence: Confidence
    url: str
    """The page to read: of the (operation, status) pair, else of the rule; may be empty."""
    witness: tuple[Step, ...] = ()
    """The lines that the first of the statuses takes."""
    help: tuple[str, ...] = ()
    """Causes and remedies from the catalogue, a sentence each."""


class Call(NamedTuple):
    """A call site whose operation is known, and what happens to each documented status."""

    span: Span
    catalogue: str
    operation: str
    method: str
    url: str
    """The abstract URL, holes as `{}`."""
    verdicts: tuple[tuple[str, Verdict], ...]
    """(status, verdict) in the catalogue's order of statuses."""


class Unresolved(NamedTuple):
    """A request whose operation cannot be known."""

    span: Span
    reason: str


class Report(NamedTuple):
    """Everything that one run found, each list by path, line and column."""

    findings: tuple[Finding, ...]
    calls: tuple[Call, ...]
    unresolved: tuple[Unresolved, ...]
    files: int
    """Files looked at, unread ones included."""
    seconds: float
    trace: tuple[str, ...] = ()
    """Every fact as a line, when asked for."""
