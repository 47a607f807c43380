"""What a finding is about, without its line number: the key that survives edits elsewhere in the file."""

from __future__ import annotations

import posixpath
from collections import Counter

from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from errdex.lint.report import Finding

    Lines = Callable[[str], Sequence[str]]


class Key(NamedTuple):
    """The content of a finding."""

    path: str
    """Relative to the base folder, with forward slashes."""
    rule: str
    catalogue: str
    operation: str
    statuses: tuple[str, ...]
    source: str
    """The line that the finding stands in, runs of blanks as one blank; empty when there is none."""


def key(finding: Finding, lines: Lines, base: str = "") -> Key:
    """Return the content of a finding; `lines` gives the lines of a file by its path."""
    return Key(
        relative(finding.span.path, base),
        finding.rule,
        finding.catalogue,
        finding.operation,
        finding.statuses,
        " ".join(line_of(lines, finding.span.path, finding.span.line).split()),
    )


def fingerprints(findings: Iterable[Finding], lines: Lines, base: str = "") -> list[str]:
    """Return a hexadecimal digest for each finding; equal findings of one file differ by their number."""
    import hashlib  # brings OpenSSL along: 3 ms that the formats for people do without

    seen: Counter[Key] = Counter()
    digests = []
    for finding in findings:
        content = key(finding, lines, base)
        seen[content] += 1
        words = (*content[:4], *content.statuses, content.source, str(seen[content]))
        digests.append(hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return digests


def relative(path: str, base: str) -> str:
    """Return the path as seen from the base folder; unchanged when it does not lie below it."""
    below = path.removeprefix(base.rstrip("/") + "/") if base else path
    return below if below.startswith("/") else posixpath.normpath(below)


def line_of(lines: Lines, path: str, line: int) -> str:
    """Return one line of a file, 1-based; empty when the file has no such line."""
    text = lines(path)
    return text[line - 1] if 0 < line <= len(text) else ""
