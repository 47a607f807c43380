"""What a run of the linter says: the records that reports print and scripts read."""

from __future__ import annotations

from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    Verdict = Literal["success", "discriminated", "delegated", "collapsed", "dropped"]
    Confidence = Literal["high", "medium", "low"]

RULE_PAGES = "https://errdex.example/rules/"
"""Where the documentation has a page for each rule."""


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


class Group(NamedTuple):
    """Findings that have one cause: the same line of a helper loses the statuses of all of their calls."""

    path: str
    """Where the fault is."""
    line: int
    findings: tuple[Finding, ...]
    """At least one; by path, line and column."""


def rule_page(rule: str) -> str:
    """Return the address of a rule's page."""
    return f"{RULE_PAGES}{rule}/"


def listed(words: Sequence[str]) -> str:
    """Return the words as a sentence has them: `413`, `413 and 503`, `400, 413 and 503`."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def fault(finding: Finding) -> tuple[str, int]:
    """Return the path and the line where the status is lost: the call, or a line of a helper that it goes through.

    The witness begins at the call and ends where its value ends, which may be the caller's `return` again; the last
    step between them that is not the call's is where a change would mend it.
    """
    span = finding.span
    for step in (*reversed(finding.witness[:-1]), *finding.witness[-1:]):
        if step.path != span.path or not span.line <= step.line <= span.end_line:
            return step.path, step.line
    return span.path, span.line


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return the findings grouped by rule, API and place of the fault, in the order of their places.

    When several calls lose their statuses in the same line (`return response.json()` of a helper), one change mends
    them all. A group of one stands at its finding, a larger one at the line that its findings share.
    """
    by_fault: dict[tuple[str | int, ...], list[Finding]] = {}
    for number, finding in enumerate(sorted(findings, key=_position)):
        # Without a witness nothing is known to be shared, not even by two findings in one line.
        own = () if finding.witness else (number,)
        by_fault.setdefault((finding.rule, finding.catalogue, *fault(finding), *own), []).append(finding)
    groups = (
        Group(*(fault(members[0]) if len(members) > 1 else members[0].span[:2]), tuple(members))
        for members in by_fault.values()
    )
    return tuple(sorted(groups, key=lambda group: (group.path, group.line, *_position(group.findings[0]))))


def _position(finding: Finding) -> tuple[str, int, int, str]:
    return finding.span.path, finding.span.line, finding.span.column, finding.rule
