"""Findings that were there when errdex came: accepted, counted, and not forgotten when they are gone.

A baseline knows a finding by its content (`fingerprint.Key`) and each of its statuses, not by its line, so that it
survives edits elsewhere in the file. It holds in both directions: what it does not have is new, and what it has and
the run does not find is stale, which fails the run too; a baseline can only shrink.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from errdex.errors import ConfigError, Location, Problem
from errdex.lint.fingerprint import Key, key
from errdex.lint.suppression import narrowed
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from errdex.lint.fingerprint import Lines
    from errdex.lint.report import Finding

VERSION = 1

#: How often each finding is accepted. A finding of several statuses is accepted status by status, a key has one.
Baseline = Counter[Key]


class Compared(NamedTuple):
    """What a run finds, held against a baseline."""

    new: tuple[Finding, ...]
    """Findings beyond the baseline, narrowed to the statuses that are."""
    stale: Baseline
    """What the baseline accepts and the run does not find."""


def baseline_of(findings: Iterable[Finding], lines: Lines, base: str = "") -> Baseline:
    """Return the baseline that accepts these findings."""
    return Counter(part for finding in findings for part in _parts(finding, lines, base))


def compared(
    findings: Iterable[Finding],
    baseline: Baseline,
    lines: Lines,
    base: str = "",
    *,
    looked_at: Callable[[Key], bool] = lambda _: True,
) -> Compared:
    """Take the accepted findings away; `looked_at` says whether the run could have found a key (its file, its rule)."""
    left = Counter(baseline)
    new = []
    for finding in findings:
        parts = _parts(finding, lines, base)
        accepted = {part.statuses for part in parts if left[part] > 0}
        left.subtract(part for part in parts if part.statuses in accepted)
        if not finding.statuses:
            new += [] if accepted else [finding]
        elif rest := tuple(status for status in finding.statuses if (status,) not in accepted):
            new.append(finding if rest == finding.statuses else narrowed(finding, rest))
    return Compared(
        tuple(new), Counter({part: number for part, number in left.items() if number > 0 and looked_at(part)})
    )


def pruned(baseline: Baseline, stale: Baseline) -> Baseline:
    """Return the baseline without what is stale."""
    return baseline - stale


def told(stale: Baseline) -> list[str]:
    """Return a line for each stale entry, in the order of paths."""
    return [
        f"{entry.path}: {entry.rule}{_colon(counts)} is accepted and not found: {entry.source}"
        for entry, counts in _entries(stale).items()
    ]


def _colon(counts: Iterable[str]) -> str:
    statuses = ", ".join(filter(None, counts))
    return f": {statuses}" if statuses else ""


def written(baseline: Baseline) -> str:
    """Return the text of the baseline file: sorted, one line for each entry, so that changes are easy to review."""
    entries = [
        json.dumps(
            {
                "path": entry.path,
                "rule": entry.rule,
                "catalogue": entry.catalogue,
                "operation": entry.operation,
                "statuses": {status: number for status, number in counts.items() if status},
                "count": counts.get("", 0),
                "source": entry.source,
            }
        )
        for entry, counts in _entries(baseline).items()
    ]
    inner = "\n    " + ",\n    ".join(entries) + "\n  " if entries else ""
    return f'{{\n  "errdex-baseline": {VERSION},\n  "findings": [{inner}]\n}}\n'


def read_baseline(path: str, text: str) -> Baseline:
    """Return the baseline that a file holds; ConfigError when it is none of this version."""
    try:
        document = json.loads(text)
        if document["errdex-baseline"] == VERSION:
            return Counter({part: number for entry in document["findings"] for part, number in _parsed(entry).items()})
        message = f"the baseline is of version {document['errdex-baseline']!r}; this errdex reads {VERSION}"
    except json.JSONDecodeError as error:
        raise ConfigError([Problem(Location(path, error.lineno, error.colno), "the baseline is no JSON")]) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"the baseline cannot be read: {type(error).__name__}: {error}"
    raise ConfigError([Problem(Location(path, 0, 0), message)])


def _parsed(entry: Mapping[str, object]) -> dict[Key, int]:
    path, rule, catalogue, operation, source = (
        _text(entry[name]) for name in ("path", "rule", "catalogue", "operation", "source")
    )
    statuses, count = entry["statuses"], entry["count"]
    if not isinstance(statuses, dict) or not isinstance(count, int):
        raise TypeError("statuses and count have other types")
    counts = {(_text(status),): number for status, number in statuses.items()} | ({(): count} if count else {})
    if not all(isinstance(number, int) and number > 0 for number in counts.values()):
        raise TypeError("a count is a number above 0")
    return {Key(path, rule, catalogue, operation, each, source): number for each, number in counts.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _parts(finding: Finding, lines: Lines, base: str) -> list[Key]:
    whole = key(finding, lines, base)
    return [whole._replace(statuses=(status,)) for status in finding.statuses] or [whole]


def _entries(baseline: Baseline) -> dict[Key, dict[str, int]]:
    """Return the counts by status (empty for none) of each finding, sorted."""
    entries: dict[Key, dict[str, int]] = {}
    for part in sorted(baseline):
        counts = entries.setdefault(part._replace(statuses=()), {})
        counts["".join(part.statuses)] = baseline[part]
    return dict(sorted(entries.items()))
