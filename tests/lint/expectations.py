"""What a snippet of client code says about itself: comments that name the findings of a line.

    response = session.post(url)  # error: [dropped-status: 413, 503]
    # error: [undocumented-status: 429] "is not documented"
    if response.status_code == 429:

The bracket holds the rule and the statuses, none when there is no colon; a text in double quotes has to be part of
the message. A comment on a line of its own speaks of the next line of code. Findings and comments have to agree
exactly: one comment, one finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.lint.report import Finding

_COMMENT = re.compile(r'# error: \[(?P<rule>[a-z-]+)(?:: (?P<statuses>[^\]]+))?\](?: "(?P<part>[^"]*)")?')


class Expectation(NamedTuple):
    """A finding that a comment asks for."""

    path: str
    line: int
    """The line that the finding has to stand in, 1-based."""
    rule: str
    statuses: frozenset[str]
    part: str
    """A part of the message; may be empty."""

    def __str__(self) -> str:
        statuses = f": {', '.join(sorted(self.statuses))}" if self.statuses else ""
        return f"{self.path}:{self.line}: [{self.rule}{statuses}]" + (f' "{self.part}"' if self.part else "")


def expectations(path: str, text: str) -> Iterator[Expectation]:
    """Yield the findings that a file's comments ask for; ValueError for a comment that cannot be understood."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if "# error" not in line:
            continue
        match = _COMMENT.search(line)
        if match is None:
            raise ValueError(f"{path}:{number}: cannot be understood: {line.strip()}")
        spoken_of = number
        if line[: match.start()].strip() == "":
            while lines[spoken_of - 1].lstrip().startswith("#"):
                spoken_of += 1
        statuses = frozenset(re.split(r",\s*", match["statuses"])) if match["statuses"] else frozenset()
        yield Expectation(path, spoken_of, match["rule"], statuses, match["part"] or "")


def disagreements(expected: Iterable[Expectation], findings: Iterable[Finding]) -> list[str]:
    """Return a line for each expectation without a finding, and for each finding without an expectation."""
    missing = list(expected)
    surplus = []
    for finding in findings:
        for expectation in missing:
            if _agree(expectation, finding):
                missing.remove(expectation)
                break
        else:
            place = f"{finding.span.path}:{finding.span.line}"
            surplus.append(f"not expected: {place}: [{finding.rule}: {', '.join(finding.statuses)}] {finding.message}")
    return [f"not found: {expectation}" for expectation in missing] + surplus


def _agree(expectation: Expectation, finding: Finding) -> bool:
    return (
        expectation.path == finding.span.path
        and expectation.line == finding.span.line
        and expectation.rule == finding.rule
        and expectation.statuses == set(finding.statuses)
        and expectation.part in finding.message
    )
