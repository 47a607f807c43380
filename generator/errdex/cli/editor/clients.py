"""Client files in an editor: findings, the page of the status at hand, its line in the catalogue, and mending."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.class_names import module_names
from errdex.cli.explain import find, told
from errdex.lint.run import check
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.errors import Location
    from errdex.lint.report import Finding, Report, Span
    from errdex.lint.run import Settings

COLUMNS = 88
"""Of a page in a hover."""
_WORD = re.compile(r"[A-Za-z_0-9]+(?:\.[A-Za-z_0-9]+)*")


class Action(NamedTuple):
    """Something that the editor can do about findings."""

    title: str
    text: str
    """Of the file afterwards."""
    findings: tuple[Finding, ...]


class Named(NamedTuple):
    """What a place of a client file speaks of."""

    catalogue: Catalogue
    status: str
    """May be empty."""
    operation: str
    """May be empty."""


def report_of(settings: Settings, path: str, text: str) -> Report:
    """Return what is found in a file that holds that text."""
    return check(settings._replace(stdin=(path, text), texts=(), cache_dir=None, jobs=1))


def named_at(report: Report, catalogues: Iterable[Catalogue], line_text: str, line: int, column: int) -> Named | None:
    """Return what a place speaks of: a finding's status, a number, a name of the generated module, or a call."""
    word = next((found for found in _WORD.finditer(line_text) if found.start() < column <= found.end() + 1), None)
    finding = next((one for one in report.findings if one.operation and _covers(one.span, line, column)), None)
    call = next((one for one in report.calls if _covers(one.span, line, column)), None)
    near = [one for one in report.calls if one.span.line <= line][-1:] or report.calls[:1]
    for catalogue in catalogues:
        if word is not None:
            own = [one.operation for one in near if one.catalogue == catalogue.api.id]
            known = _meaning(catalogue, word[0], own[0] if own else "")
            if known is not None:
                return known
        if finding is not None and finding.catalogue == catalogue.api.id:
            return Named(catalogue, finding.statuses[0] if finding.statuses else "", finding.operation)
        if call is not None and call.catalogue == catalogue.api.id:
            return Named(catalogue, "", call.operation)
    return None


def page(named: Named) -> str:
    """Return what the catalogue says of it, as Markdown."""
    subject = find(named.catalogue, [word for word in (named.status, named.operation) if word])
    if subject is None:
        return ""
    blocks = ["\n".join(block) for block in told(subject, COLUMNS)]
    base = named.catalogue.api.docs_base_url
    where = f"{base}/codes/{named.status}/" if named.status else f"{base}/operations/{named.operation}/"
    # The text is the catalogue's: in a fence nothing of it is markup.
    fence = "`" * max([3, *(len(run) + 1 for block in blocks for run in re.findall("`+", block))])
    shown = "\n\n".join(f"{fence}text\n{block}\n{fence}" for block in blocks)
    return f"{shown}\n\n[{where}]({where})" if base else shown


def location(named: Named) -> Location:
    """Return where the catalogue says it."""
    for status in named.catalogue.statuses:
        if status.code == named.status:
            for cell in status.cells:
                if named.operation in cell.operations:
                    return cell.response.location
            return status.location
    return next(
        (one.location for one in named.catalogue.operations if one.id == named.operation), named.catalogue.api.location
    )


def actions(
    settings: Settings, modules: Mapping[str, Sequence[str]], path: str, text: str, findings: Iterable[Finding]
) -> Iterator[Action]:
    """Yield what can be done about findings of a file, most useful first."""
    from errdex.lint.fixing import fix as fixing

    now = settings._replace(stdin=(path, text), texts=(), cache_dir=None, jobs=1)
    report = check(now)
    wanted = [one for one in report.findings if any(_same(one, other) for other in findings)]
    for one in wanted:
        if one.rule in fixing.BRANCHES or one.rule == "unused-ignore":
            fixed = fixing.fix(now, report, [one], modules, numbers=False)
            for change in fixed.changes:
                title = "Remove what is of no use" if one.rule == "unused-ignore" else _inserts(one)
                yield Action(title, change.after, (one,))
    for one in wanted:
        for change in fixing.ignore(now, report, [one], "TODO: say why").changes:
            yield Action(f"Leave out {one.rule} here, with a reason", change.after, (one,))


def _inserts(finding: Finding) -> str:
    return f"Insert the missing branch for {', '.join(finding.statuses)}"


def _same(one: Finding, other: Finding) -> bool:
    return (one.rule, one.span, one.operation) == (other.rule, other.span, other.operation)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def _meaning(catalogue: Catalogue, word: str, operation: str) -> Named | None:
    """Return what a word of client code means: `404`, `Status.NOT_FOUND`, `Operation.GET_ORDER`, a class of errors."""
    *above, last = word.split(".")
    if word.isdecimal():
        return Named(catalogue, word, operation) if find(catalogue, [word]) and len(word) == 3 else None
    names = module_names(catalogue)
    for error in names.errors:
        if error.name == last and (error.operation or error.status.isdecimal()):
            return Named(catalogue, error.status, error.operation)
    if above and above[-1] in {"Status", "Operation"}:
        members = names.statuses if above[-1] == "Status" else names.operations
        value = next((one.value for one in members if one.name == last), "")
        if value:
            return Named(catalogue, value, operation) if above[-1] == "Status" else Named(catalogue, "", value)
    return None
