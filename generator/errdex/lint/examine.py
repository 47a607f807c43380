"""One part of a run: its files are read, walked and judged, and the rules are asked."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from errdex.lint.discover import Occurrence, Reached, call_sites, occurrences, others
from errdex.lint.files import Unread, is_deep, unread_file, why_not_compiled
from errdex.lint.interpreter import Walk
from errdex.lint.listing import listed
from errdex.lint.memory import Learnt
from errdex.lint.mentions import reading
from errdex.lint.parts import learnt, text_of
from errdex.lint.project import Project
from errdex.lint.reach import Prospects, left_over, reaching
from errdex.lint.report import Call, Report, Span, Unresolved
from errdex.lint.roots import Heirs, find_roots
from errdex.lint.rules import NAMES, RULES
from errdex.lint.rules.rule import Facts
from errdex.lint.suppression import apply, directives
from errdex.lint.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.routes import Routes
    from errdex.lint.discover import CallSite
    from errdex.lint.mentions import Text
    from errdex.lint.parts import Part, Run
    from errdex.lint.project import SourceModule
    from errdex.lint.report import Finding
    from errdex.lint.roots import Root
    from errdex.lint.run import Settings
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall

#: Statements to be walked for the requests of one root together, some seconds' worth.
MOST_STEPS_OF_A_ROOT = 200_000


def examine(run: Run, part: Part) -> list[Learnt]:
    """Check the files of one part, and tell what the report rests on."""
    settings, routes = run.settings, run.routes
    project = Project(settings.paths, dict(settings.wrappers), run.look.listings)
    paths = (*part.walked, *part.listed, *part.parsed)
    read = {path: project.load(path, text_of(settings, path)) for path in paths}
    walked = list(_occurrences(project, part, run))
    found = [one for one in walked if not isinstance(one, Unread)]
    judged = list(_judge_all(project, call_sites(found), routes))
    failed = [one for one in (*walked, *judged) if isinstance(one, Unread)]
    unread = [*(one for one in read.values() if isinstance(one, Unread)), *failed]
    calls = [one for one in judged if not isinstance(one, Unread)]
    missing = list(others(found))
    others_sent = [one for module in project.modules(part.listed) for one in listed(module)]
    report = Report(
        findings=tuple(_findings(settings, project, calls, missing, unread, paths)),
        calls=tuple(_call(call, project) for call in calls),
        unresolved=(
            *_unresolved(missing, project),
            *(Unresolved(_span_of(place, project), reason) for place, reason in others_sent),
        ),
        files=len(paths),
        seconds=0.0,
    )
    # A mistake of the linter's own is not kept: it may have been for want of memory.
    return (
        learnt(part, report, project)
        if run.learns and not failed
        else [Learnt("", report, dict.fromkeys(paths, ""), {})]
    )


def _occurrences(project: Project, part: Part, run: Run) -> Iterator[Occurrence | Unread]:
    """Yield the requests of all roots. Where the linter itself fails, that is said, and the other roots are walked."""
    roots: list[Root] = []
    texts: list[Text] = []
    for path in part.beyond:
        project.load(path, text_of(run.settings, path))
    for module in project.modules((*part.walked, *part.beyond)):
        try:
            roots.extend(find_roots(Walk(project), module))
            texts.append(reading(module, run.wanted.words))
        except Exception as error:  # noqa: BLE001 - a mistake of the linter's own, whatever it is
            yield Unread(module.path, _failure(error, module))
    asked = frozenset(part.walked)
    prospects = None if run.settings.whole else Prospects(run.wanted.words)
    order = {root.node: index for index, root in enumerate(roots)}
    found: list[tuple[int, Sequence[Occurrence | Unread]]] = []

    def walk(root: Root) -> Reached:
        index = order[root.node]
        try:
            reached = occurrences(project, root, run.routes, prospects)
        except Exception as error:  # noqa: BLE001
            found.append((index, [Unread(root.module.path, _failure(error, root.module), root.place.line)]))
            return Reached((), awaits_caller=True, is_cut=False)
        found.append((index, reached.occurrences))
        return reached

    if prospects is None:
        heirs = Heirs({root.module: None for root in roots})
        for root in roots:
            for one in (root, *heirs.of(root)):
                walk(one)
        led = frozenset[str]()
    else:
        words = frozenset(name.rpartition(".")[2] for name, _ in run.settings.wrappers)
        led = reaching(roots, texts, walk, prospects, words)
    entered = frozenset(
        node for _, told in found for one in told if isinstance(one, Occurrence) for node in one.functions
    )
    for one in left_over([root for root in roots if root.module.path in asked], texts, led, entered):
        order[one.node] = len(roots)
        roots.append(one)
        walk(one)
    for index, told in sorted(found, key=lambda pair: pair[0]):
        if roots[index].module.path in asked:
            yield from told


def _judge_all(project: Project, sites: Iterable[CallSite], routes: Sequence[Routes]) -> Iterator[CheckedCall | Unread]:
    """Judge call sites one after the other; where a root has too many of them to be followed, that is said once."""
    spent: Counter[Place] = Counter()
    told: set[Place] = set()
    for site in sites:
        root = site.occurrence.root.place
        if spent[root] < MOST_STEPS_OF_A_ROOT:
            before = project.steps
            yield _judged(project, site, routes)
            spent[root] += project.steps - before
        elif root not in told:
            told.add(root)
            place = site.occurrence.site
            reason = f"what runs from line {root.line} on sends more requests than can be followed, this and later ones"
            yield Unread(place.path, reason, place.line, place.column + 1)


def _judged(project: Project, site: CallSite, routes: Sequence[Routes]) -> CheckedCall | Unread:
    try:
        return judge(project, site, routes)
    except Exception as error:  # noqa: BLE001
        place = site.occurrence.site
        return Unread(place.path, _failure(error, site.occurrence.root.module), place.line, place.column + 1)


def _failure(error: Exception, module: SourceModule) -> str:
    """Return what to say of a mistake of the linter: its kind, its text, and the line where it came up."""
    if isinstance(error, RecursionError) and is_deep(module.tree):
        return "it is nested too deeply to be followed"
    refused = why_not_compiled(module.tree)
    if refused:
        return refused
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace is not None else ""
    text = " ".join(str(error).split())[:80]
    return f"errdex itself fails here, please report it: {type(error).__name__}: {text} ({where})"


def _findings(
    settings: Settings,
    project: Project,
    calls: Sequence[CheckedCall],
    missing: Sequence[Occurrence],
    unread: Sequence[Unread],
    paths: Sequence[str],
) -> list[Finding]:
    """Ask the rules, then leave out what comments and the configuration say."""
    facts = Facts(
        tuple(calls), tuple(missing), settings.strict, settings.ambient, lambda place: _span_of(place, project)
    )
    ran = frozenset(name for name in NAMES if settings.runs(name))
    found = [finding for rule in RULES if rule.name in ran for finding in rule.check(facts)]
    if "unread-file" in ran:
        found.extend(unread_file(one) for one in unread)
    said = [directives(module.source) for module in project.modules(paths)]
    applied = apply(found, [ignore for one in said for ignore in one.ignores], known=NAMES, ran=ran)
    malformed = [finding for one in said for finding in one.malformed] if "unused-ignore" in ran else []
    told = {
        (one.rule, one.span, one.catalogue, one.operation, one.statuses or one.message): one
        for one in (*applied.kept, *applied.unused, *malformed)
    }
    return [one for one in told.values() if not settings.leaves_out(one.rule, one.span.path)]


def _span_of(place: Place, project: Project) -> Span:
    """Return a place as people count: columns from 1, in characters."""
    lines = project.lines(place.path)
    return Span(
        place.path,
        place.line,
        _characters(lines, place.line, place.column) + 1,
        place.end_line,
        _characters(lines, place.end_line, place.end_column) + 1,
    )


def _characters(lines: Sequence[str], line: int, column: int) -> int:
    if not 0 < line <= len(lines):
        return column
    text = lines[line - 1]
    return column if text.isascii() else len(text.encode("utf-8", "replace")[:column].decode("utf-8", "replace"))


def _call(call: CheckedCall, project: Project) -> Call:
    resolution = call.occurrence.resolution
    return Call(
        span=_span_of(call.occurrence.site, project),
        catalogue=call.catalogue.api.id,
        operation=call.operation.id,
        method=resolution.method,
        url=resolution.url,
        verdicts=tuple((flow.label, flow.verdict) for flow in call.flows),
    )


def _unresolved(missing: Sequence[Occurrence], project: Project) -> Iterator[Unresolved]:
    for one in missing:
        match one.resolution.kind:
            case "unresolved":
                yield Unresolved(_span_of(one.site, project), one.resolution.reason)
            case "wrong-method" | "unknown-operation":
                yield Unresolved(_span_of(one.site, project), "no operation has that method and path")
            case _:
                continue
