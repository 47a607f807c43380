"""From findings to mended files: each edit is tried, held against the linter, and kept only if it proves right.

A file is mended by itself first, one finding after the other. In the end the whole run is made again with all files as
they would be; a file whose edits would do harm elsewhere stays as it is. Nothing is written here.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from errdex.lint.files import Source, Unread, parse, read_source
from errdex.lint.fixing import branches, ignores
from errdex.lint.fixing import numbers as bare_numbers
from errdex.lint.fixing.edits import Draft, edited, moved
from errdex.lint.fixing.names import generated, naming, own_names
from errdex.lint.fixing.proof import compiles, holds, mended, moves
from errdex.lint.interpreter.generated import is_generated
from errdex.lint.parts import text_of
from errdex.lint.project import Project, SourceModule
from errdex.lint.run import check
from errdex.lint.suppression import directives
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.lint.fixing.edits import Edit
    from errdex.lint.fixing.proof import Mended
    from errdex.lint.report import Finding, Report
    from errdex.lint.run import Settings

BRANCHES = frozenset({"dropped-status", "collapsed-status", "partial-handlers"})
"""Rules whose findings a missing branch can mend."""

_MOST_IGNORES = 20
"""Ignores of no use that one run takes out of a file: the file is checked anew after each of them."""


class Change(NamedTuple):
    """A file that is mended."""

    before: Source
    after: str
    gone: tuple[Mended, ...]
    """What is found no more, with the lines of the file as it was."""
    named: int
    """How many comparisons got names."""
    stages: tuple[tuple[Draft, tuple[Edit, ...]], ...]
    """The text before each of the edits that were made one after the other."""


class Fixed(NamedTuple):
    """What came of a run that mends."""

    changes: tuple[Change, ...]
    report: Report
    """What is found when the changes are made."""


def fix(
    settings: Settings,
    report: Report,
    wanted: Iterable[Finding],
    modules: Mapping[str, Sequence[str]] | None = None,
    *,
    numbers: bool = True,
) -> Fixed:
    """Mend what can be mended: missing branches, bare numbers, comments that are of no use.

    `modules` are the files of generated modules that the configuration names, by the ids of their APIs.
    """
    changes = []
    for source, findings in _sources(settings, report, wanted):
        file = _started(settings, source)
        if file is not None:
            for finding in findings:
                if finding.rule in BRANCHES:
                    file = _with_branch(settings, file, finding, modules or {})
            file = _with_names(settings, file, modules or {}) if numbers else file
            for finding in islice((one for one in findings if one.rule == "unused-ignore"), _MOST_IGNORES):
                file = _without_ignore(settings, file, finding)
            changes.append(file.change)
    return _proved(settings, report, changes)


def ignore(settings: Settings, report: Report, wanted: Iterable[Finding], reason: str) -> Fixed:
    """Leave findings out by comments that say why."""
    changes = []
    for source, findings in _sources(settings, report, wanted):
        file = _started(settings, source)
        if file is not None and findings:
            edits = ignores.added(file.draft, findings, reason)
            gone = [
                mended(one, one.statuses, _call_line(one)) for one in findings if one.rule not in ignores.NEVER_IGNORED
            ]
            changes.append(_tried(settings, file, [edits], gone).change)
    return _proved(settings, report, changes)


def followed(settings: Settings, fixed: Fixed, wanted: Iterable[Finding], reason: str) -> Fixed:
    """Leave out findings that are left after mending."""
    ignored = ignore(seen(settings, fixed.changes), fixed.report, wanted, reason)
    changes = {change.before.path: change for change in fixed.changes}
    for change in ignored.changes:
        known = changes.get(change.before.path)
        changes[change.before.path] = change if known is None else _one_after_the_other(known, change)
    return Fixed(tuple(changes[path] for path in sorted(changes)), ignored.report)


def seen(settings: Settings, changes: Iterable[Change]) -> Settings:
    """Return the settings of a run that sees the files as they are after the changes."""
    texts = {change.before.path: change.after for change in changes}
    stdin = settings.stdin and (settings.stdin[0], texts.get(*settings.stdin))
    return settings._replace(stdin=stdin, texts=tuple({**dict(settings.texts), **texts}.items()), cache_dir=None)


def _one_after_the_other(first: Change, second: Change) -> Change:
    return first._replace(after=second.after, gone=(*first.gone, *second.gone), stages=(*first.stages, *second.stages))


class _Underway(NamedTuple):
    """One file on its way."""

    change: Change
    report: Report
    """Of the file alone, as the text is now."""
    draft: Draft

    def line(self, line: int) -> int:
        """Return where a line of the file as it was stands now."""
        for draft, edits in self.change.stages:
            line = moved(draft, edits, line)
        return line


def _sources(
    settings: Settings, report: Report, wanted: Iterable[Finding]
) -> Iterator[tuple[Source, tuple[Finding, ...]]]:
    """Yield each file that could change, with its findings."""
    by_path: dict[str, list[Finding]] = {call.span.path: [] for call in report.calls}
    for finding in wanted:
        by_path.setdefault(finding.span.path, []).append(finding)
    for path, findings in sorted(by_path.items()):
        given = text_of(settings, path)
        source = read_source(path) if given is None else Source(path, b"", given)
        if isinstance(source, Source):
            yield source, tuple(findings)


def _started(settings: Settings, source: Source) -> _Underway | None:
    """Return the file as it is; None when it is no client or cannot be parsed."""
    module = Project(settings.paths).load(source.path, source.text)
    if not isinstance(module, SourceModule) or is_generated(module):
        return None
    report = _checked(settings, source.path, source.text)
    return _Underway(Change(source, source.text, (), 0, ()), report, Draft(source, module.tree))


def _checked(settings: Settings, path: str, text: str) -> Report:
    """Return what is found in one file when it holds that text."""
    return check(settings._replace(stdin=(path, text), cache_dir=None, jobs=1))


def _loaded(settings: Settings, file: _Underway) -> tuple[Project, SourceModule] | None:
    project = Project(settings.paths, dict(settings.wrappers))
    module = project.load(file.change.before.path, file.change.after)
    return (project, module) if isinstance(module, SourceModule) else None


def _with_branch(
    settings: Settings, file: _Underway, finding: Finding, modules: Mapping[str, Sequence[str]]
) -> _Underway:
    """Insert a branch for the statuses of a finding, where one helps."""
    now = next((one for one in file.report.findings if _same(one, finding, file)), None)
    catalogue = _catalogue(settings, finding.catalogue)
    loaded = _loaded(settings, file)
    if now is None or catalogue is None or loaded is None:
        return file
    project, module = loaded
    source = generated(project, module, catalogue, modules.get(finding.catalogue, ()))
    codes = [status for status in now.statuses if source and source.status(status)]
    if source is None or not codes or not source.operation(now.operation):
        return file
    errors = tuple(source.error(now.operation, code) for code in codes)
    missing = branches.Missing(
        line=_call_line(now),
        operation=source.operation(now.operation),
        statuses=tuple(map(source.status, codes)),
        errors=errors if all(errors) else (),
        own=own_names(project, module, source.path),
    )

    def ways() -> Iterator[tuple[Edit, ...]]:
        for possible in branches.possibilities(file.draft, missing):
            known = naming(project, module, file.draft, source.path, possible.wanted)
            if known is not None:
                yield (*known.edits, *(edit._replace(text=known.put(edit.text)) for edit in possible.edits))

    return _tried(settings, file, ways(), [mended(finding, codes, _call_line(finding))])


def _same(one: Finding, finding: Finding, file: _Underway) -> bool:
    """Tell whether a finding of the file as it is now is that one of the file as it was."""
    what = one.rule, one.catalogue, one.operation, one.span.path
    as_it_was = finding.rule, finding.catalogue, finding.operation, finding.span.path
    return what == as_it_was and one.span.line == file.line(finding.span.line)


def _call_line(finding: Finding) -> int:
    first = finding.witness[0] if finding.witness else None
    return first.line if first is not None and first.path == finding.span.path else finding.span.line


def _catalogue(settings: Settings, api: str) -> Catalogue | None:
    return next((one for one in settings.catalogues if one.api.id == api), None)


def _with_names(settings: Settings, file: _Underway, modules: Mapping[str, Sequence[str]]) -> _Underway:
    """Name the bare numbers that statuses are compared with: all at once, or, where that does harm, one by one."""
    for api in dict.fromkeys(call.catalogue for call in file.report.calls):
        ways = list(_numbers(settings, file, api, modules))
        if not ways:
            continue
        at_once = _tried(settings, file, [_joined(ways)], [])
        if at_once is not file:
            file = at_once._replace(change=at_once.change._replace(named=file.change.named + len(ways)))
            continue
        count = len(ways)
        while count:
            count -= 1
            left = list(_numbers(settings, file, api, modules))
            tried = _tried(settings, file, left[count : count + 1], [])
            if tried is not file:
                file = tried._replace(change=tried.change._replace(named=file.change.named + 1))
    return file


def _numbers(
    settings: Settings, file: _Underway, api: str, modules: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits of each comparison that fit into their lines."""
    catalogue, loaded = _catalogue(settings, api), _loaded(settings, file)
    if catalogue is None or loaded is None:
        return
    project, module = loaded
    source = generated(project, module, catalogue, modules.get(api, ()))
    known = source and naming(project, module, file.draft, source.path, ["Status"])
    if source is None or known is None:
        return
    lines = [call.span.line for call in file.report.calls if call.catalogue == api]
    for found in bare_numbers.named_numbers(file.draft, lines, source.status):
        edits = tuple(edit._replace(text=known.put(edit.text)) for edit in found)
        if not file.draft.fits(edits):
            edits = bare_numbers.broken(file.draft, edits)
        if edits:
            yield (*known.edits, *edits)


def _joined(ways: Iterable[tuple[Edit, ...]]) -> tuple[Edit, ...]:
    """Return edits together: what they share (an import) once."""
    return tuple(dict.fromkeys(edit for way in ways for edit in way))


def _without_ignore(settings: Settings, file: _Underway, finding: Finding) -> _Underway:
    """Take out of a comment what is of no use."""
    loaded = _loaded(settings, file)
    said = directives(loaded[1].source).ignores if loaded else ()
    line = file.line(finding.span.line)
    found = next((one for one in said if one.span.line == line and one.span.column == finding.span.column), None)
    if found is None:
        return file
    return _tried(settings, file, ignores.without(file.draft, found, finding.message), [mended(finding, ())])


def _tried(settings: Settings, file: _Underway, ways: Iterable[tuple[Edit, ...]], gone: list[Mended]) -> _Underway:
    """Make the first of the edits that proves right; return the file as it is when none does."""
    path = file.change.before.path
    now = [one._replace(line=file.line(one.line), call_line=file.line(one.call_line)) for one in gone]
    for edits in ways:
        text = edited(file.draft.text, edits)
        if text == file.draft.text or not compiles(text, path):
            continue
        after = _checked(settings, path, text)
        if holds(file.report, after, moves([(file.draft, edits)]), now):
            source = Source(path, b"", text)
            tree = parse(source)
            if isinstance(tree, Unread):
                continue
            stages = (*file.change.stages, (file.draft, edits))
            change = file.change._replace(after=text, gone=(*file.change.gone, *gone), stages=stages)
            return _Underway(change, after, Draft(source, tree))
    return file


def _proved(settings: Settings, report: Report, changes: Iterable[Change]) -> Fixed:
    """Hold all changes together against the whole run; when they do harm, add them one by one."""
    wanted = [one for one in changes if one.stages]
    after = _with(settings, report, wanted)
    if after is not None:
        return Fixed(tuple(wanted), after)
    kept: list[Change] = []
    last = report
    for change in wanted:
        after = _with(settings, report, [*kept, change])
        if after is not None:
            kept.append(change)
            last = after
    return Fixed(tuple(kept), last)


def _with(settings: Settings, report: Report, changes: Sequence[Change]) -> Report | None:
    """Return what is found when the changes are made; None when that is not as it should be."""
    if not changes:
        return report
    after = check(seen(settings, changes))
    where = moves([stage for change in changes for stage in change.stages])
    return after if holds(report, after, where, [one for change in changes for one in change.gone]) else None
