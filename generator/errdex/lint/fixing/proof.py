"""Whether an edit does what it should and nothing else, by what the linter says before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.fixing.edits import moved
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from errdex.lint.fixing.edits import Draft, Edit
    from errdex.lint.report import Finding, Report

    Lines = Callable[[str, int], int]

FINE = frozenset({"discriminated", "delegated"})


class Mended(NamedTuple):
    """What is to be gone after an edit."""

    rule: str
    catalogue: str
    operation: str
    path: str
    line: int
    statuses: tuple[str, ...]
    """Of the finding those that are mended; of a finding about none, its message."""
    call_line: int


def mended(finding: Finding, statuses: Iterable[str], call_line: int = 0) -> Mended:
    """Return what is to be gone of a finding."""
    span = finding.span
    about = tuple(statuses) or (finding.message,)
    return Mended(finding.rule, finding.catalogue, finding.operation, span.path, span.line, about, call_line)


def compiles(text: str, path: str) -> bool:
    """Tell whether Python takes the text for a module; nothing of it is run."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def moves(drafts: Iterable[tuple[Draft, tuple[Edit, ...]]]) -> Lines:
    """Return where a line of a file stands after edits that were made one after the other."""
    stages = tuple(drafts)

    def where(path: str, line: int) -> int:
        for draft, edits in stages:
            if draft.path == path:
                line = moved(draft, edits, line)
        return line

    return where


def holds(before: Report, after: Report, where: Lines, gone: Iterable[Mended]) -> bool:
    """Tell whether what is to be gone is gone, nothing new is found, and all else is as it was."""
    wanted = [one._replace(line=where(one.path, one.line), call_line=where(one.path, one.call_line)) for one in gone]
    old, new = _findings(before, where), _findings(after, lambda _, line: line)
    for one in wanted:
        if not new.get(one[:5], set()).isdisjoint(one.statuses):
            return False
    if any(key not in old or not statuses <= old[key] for key, statuses in new.items()):
        return False
    mended_calls = {(one.path, one.call_line, one.catalogue, one.operation): set(one.statuses) for one in wanted}
    was, became = _calls(before, where), _calls(after, lambda _, line: line)
    return len(before.unresolved) == len(after.unresolved) and _same_calls(was, became, mended_calls)


def _same_calls(was: list[_Verdicts], became: list[_Verdicts], mended_calls: dict[_Place, set[str]]) -> bool:
    if [place for place, _ in was] != [place for place, _ in became]:
        return False
    for (place, old), (_, new) in zip(was, became, strict=True):
        statuses = mended_calls.get(place, set())
        for (status, verdict), (_, now) in zip(old, new, strict=True):
            if verdict != now and not (status in statuses and now in FINE):
                return False
    return True


_Key = tuple[str, str, str, str, int]
_Place = tuple[str, int, str, str]
_Verdicts = tuple[_Place, tuple[tuple[str, str], ...]]


def _findings(report: Report, where: Lines) -> dict[_Key, set[str]]:
    found: dict[_Key, set[str]] = {}
    for one in report.findings:
        line = where(one.span.path, one.span.line)
        found.setdefault((one.rule, one.catalogue, one.operation, one.span.path, line), set()).update(
            one.statuses or (one.message,)
        )
    return found


def _calls(report: Report, where: Lines) -> list[_Verdicts]:
    return sorted(
        ((one.span.path, where(one.span.path, one.span.line), one.catalogue, one.operation), one.verdicts)
        for one in report.calls
    )
