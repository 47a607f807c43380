"""The whole run: files to report."""

from __future__ import annotations

import os
import sys
import time
from functools import cache, partial
from itertools import chain

from errdex.lint.files import Look, Unread, find, matches, unread_file
from errdex.lint.kept_pieces import kept_pieces
from errdex.lint.memory import Learning, remember, remembers
from errdex.lint.parts import Run, divide, elsewhere, jobs, recalled
from errdex.lint.processes import spread
from errdex.lint.report import Report
from errdex.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from errdex.catalogue.model import Catalogue
    from errdex.catalogue.routes import Routes
    from errdex.lint.memory import Learnt
    from errdex.lint.parts import Part, Spread
    from errdex.lint.report import Finding

#: Client code may nest calls, helpers and expressions deeper than Python's default allows its interpreter to.
_RECURSION = 20_000


class Settings(NamedTuple):
    """What a run is asked to do."""

    paths: tuple[str, ...]
    """Files and folders, as the user named them."""
    catalogues: Iterable[Catalogue]
    """Gone through as often as needed; each may be read when it is come to."""
    select: frozenset[str] = frozenset()
    """Rules to run; empty for all."""
    ignore: frozenset[str] = frozenset()
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    """(glob, rules)."""
    exclude: tuple[str, ...] = ()
    """Globs of files that are not looked at."""
    servers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(API id, further base URLs or base paths under which clients reach it)."""
    ambient: frozenset[str] = frozenset()
    """Statuses that one central handler of the client takes care of."""
    wrappers: tuple[tuple[str, str], ...] = ()
    """(dotted name, what it is), for clients that no analysis can follow."""
    strict: bool = False
    stdin: tuple[str, str] | None = None
    """(file name, text) to check in place of what the file holds, and no other file."""
    texts: tuple[tuple[str, str], ...] = ()
    """(file name, text) of files that are checked as if they held that."""
    cache_dir: str | None = None
    known: str = ""
    """What stands for the sources of the catalogues; without it nothing is kept in `cache_dir`."""
    jobs: int = 0
    """Processes to use; 0 for as many as there are processors, where that is faster."""
    executor: str = ""
    """Where the work is done, `dask://host:port`; empty for this machine."""
    trace: bool = False
    whole: bool = False
    """Walk every function of every file, whatever the text tells."""

    def runs(self, rule: str) -> bool:
        """Return whether the rule is asked."""
        return rule not in self.ignore and (not self.select or rule in self.select)

    def leaves_out(self, rule: str, path: str) -> bool:
        """Return whether what the rule finds in that file is not reported."""
        return any(rule in rules and matches(path, glob) for glob, rules in self.per_file_ignores)

    def reported(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield those of the findings that no configuration leaves out."""
        return (one for one in findings if self.runs(one.rule) and not self.leaves_out(one.rule, one.span.path))


def check(settings: Settings, tell: Callable[[int, int], None] | None = None) -> Report:
    """Lint client code against catalogues; `tell` is told how many parts of the work are done, of how many."""
    started = time.perf_counter()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        return _check(settings, started, tell)
    finally:
        sys.setrecursionlimit(limit)


def _check(settings: Settings, started: float, tell: Callable[[int, int], None] | None) -> Report:
    look = Look()
    memory = remember(settings, look) if remembers(settings) else None
    paths = list(_paths(settings, look))
    report = memory.report(paths) if memory else None
    if report:
        return report._replace(seconds=time.perf_counter() - started)
    if memory:
        memory.recall()
    routes = cache(partial(_routes, settings))
    run = Run(settings._replace(catalogues=()), kept_pieces(settings, routes), look, learns=memory is not None)
    with elsewhere(settings) as spread_on:
        work = divide(run, [path for path in paths if isinstance(path, str)], memory, spread_on)
        known, fresh = recalled(memory, work)
        spread_here = partial(spread, jobs=jobs(settings, fresh), tell=tell)
        walks = any(part.walked for part in fresh)
        examined = list(_examined(run._replace(routes=routes() if walks else ()), fresh, spread_on or spread_here))
    parts = sorted((*known, *examined), key=lambda one: [*one.files][:1])
    missing = settings.reported(unread_file(path) for path in paths if isinstance(path, Unread))
    found = [*missing, *(one for part in parts for one in part.report.findings)]
    report = Report(
        findings=tuple(sorted(found, key=_finding_order)),
        calls=tuple(sorted((one for part in parts for one in part.report.calls), key=lambda call: call.span)),
        unresolved=tuple(sorted((one for part in parts for one in part.report.unresolved), key=lambda one: one.span)),
        files=len(paths),
        seconds=time.perf_counter() - started,
    )
    if memory:
        memory.learn(paths, Learning(work.scans, work.imports, parts, report))
    return report


def _routes(settings: Settings) -> tuple[Routes, ...]:
    from errdex.catalogue.routes import Routes

    servers = dict(settings.servers)
    return tuple(Routes(catalogue, servers.get(catalogue.api.id, ())) for catalogue in settings.catalogues)


def _examined(run: Run, parts: Sequence[Part], spread_over: Spread) -> Iterator[Learnt]:
    """Yield what is found in the parts."""
    idle = [part for part in parts if part.idle]
    if idle:
        from errdex.lint.idle import examine_idle

        yield from chain.from_iterable(spread_over(examine_idle, run, idle))
    others = [part for part in parts if not part.idle]
    if others:
        from errdex.lint.examine import examine  # the interpreter and the rules, which many runs do without

        yield from chain.from_iterable(spread_over(examine, run, others))


def looked_at(settings: Settings, rule: str, path: str) -> bool:
    """Return whether a run could have a finding of that rule in that file, be the file there or gone."""
    roots = map(os.path.normpath, settings.paths)
    named = any(root in (".", path) or path.startswith(os.path.join(root, "")) for root in roots)
    excluded = any(matches(path, pattern) for pattern in settings.exclude)
    return named and not excluded and settings.runs(rule) and not settings.leaves_out(rule, path)


def _paths(settings: Settings, look: Look) -> Iterator[str | Unread]:
    if settings.stdin is not None:
        yield settings.stdin[0]
        return
    yield from find(settings.paths, settings.exclude, look)


def _finding_order(finding: Finding) -> tuple[object, ...]:
    return (finding.span, finding.rule, finding.operation, finding.statuses)
