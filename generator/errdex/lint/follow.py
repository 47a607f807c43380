"""What client code does with one status: the call site walked as if the server had answered it, and what was seen.

Statuses that no line of the code can tell from one another need one walk between them: unless a test asks for a range
or names the status, its evidence is that of an unassigned status of the same class (a probe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from errdex.lint.discover import identify
from errdex.lint.interpreter import Walk, explore
from errdex.lint.interpreter.machine import CutSignal, RaiseSignal
from errdex.lint.libraries import bases
from errdex.lint.roots import run
from errdex.lint.signature import masked, mentions, signature
from errdex.lint.values import Instance, Response, StatusValue
from errdex.records import NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable
    from collections.abc import Sequence as Listing

    from errdex.catalogue.model import Operation
    from errdex.catalogue.routes import Routes
    from errdex.lint.discover import Occurrence
    from errdex.lint.interpreter.machine import Catch, Read, Sent, Test
    from errdex.lint.project import Project
    from errdex.lint.values import (
        Place,
    )

#: Walks for each status of each call site.
MOST_WALKS = 24

#: Unassigned statuses (IANA HTTP Status Code Registry), one for each class of answers that are no success.
PROBES = {3: 360, 4: 460, 5: 560}


Known: TypeAlias = "dict[tuple[str | None, str], tuple[Operation | None, int]]"
"""By method and URL: the operation that a request asks for, and the status with which it succeeds."""


class Outcome(NamedTuple):
    """How one walk ends."""

    kind: Literal["returns", "raises", "cut"]
    place: Place | None
    """The `return` or `raise`; None when the function falls off its end."""
    value: object
    """What is returned, as far as it can be told apart; what is raised, its class first; why the walk was cut."""


class Path(NamedTuple):
    """One walk with one status, from the response's arrival."""

    outcome: Outcome
    lines: tuple[Place, ...]
    last: Place | None
    """The last statement on the way, or the call where the function came to its end.

    What runs on every way out is left out; None when nothing comes after the last question about the status.
    """
    effects: frozenset[Place]
    said: frozenset[tuple[Place, object]]
    """What they were given, where a call leaves a trace."""
    tests: tuple[Test, ...]
    reads: tuple[Read, ...]
    catches: tuple[Catch, ...]
    shadowed: tuple[tuple[Place, Place], ...]
    """Handlers that come too late, each with the one that takes the exception before it."""
    constants: tuple[tuple[Place, str], ...]
    """Conditions that cannot be otherwise, and why."""
    discarded: frozenset[Place]
    """Calls whose result nobody takes."""
    unraised: bool
    """An exception was made and thrown away."""
    attempts: int
    """How often the request was sent with the same content."""
    handed: bool
    """The response, its status or an exception with them goes to code that is not at hand."""
    followed: bool
    """The library followed the redirect itself."""
    sent: int
    """How many other requests were sent."""


class Evidence(NamedTuple):
    """All that was seen of one status at one call site."""

    status: int
    paths: tuple[Path, ...]
    complete: bool = True
    """False when the code has more alternatives than there were walks."""

    @property
    def answers(self) -> frozenset[tuple[Place, object, str]]:
        """What the code was told when it asked about the status."""
        return frozenset((test.place, test.answer, test.kind) for path in self.paths for test in path.tests)

    @property
    def lines(self) -> frozenset[Place]:
        """The statements that were walked."""
        return frozenset(line for path in self.paths for line in path.lines)

    @property
    def said(self) -> frozenset[tuple[Place, object]]:
        """What was printed, logged or handed to others."""
        return frozenset(one for path in self.paths for one in path.said)

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The ways in which it ended."""
        return frozenset(path.outcome for path in self.paths)


class Site(NamedTuple):
    """A call site to be followed, from its own root or from a caller's."""

    occurrence: Occurrence
    operation: Operation
    documented: tuple[int, ...]
    """Every documented status, ranges and `default` by a number that stands for them."""
    successes: frozenset[int]
    empty: frozenset[int]
    """Statuses whose documented body is empty."""


def follow(project: Project, site: Site, routes: Listing[Routes]) -> dict[int, Evidence]:
    """Return the evidence for each documented status and each probe."""
    found: dict[int, Evidence] = {}
    probes: dict[tuple[int, bool], Evidence] = {}
    known: Known = {}
    for status in sorted(site.successes):
        found[status] = _walk_all(project, site, status, routes, known, empty=status in site.empty)
    for status in site.documented:
        if status in found:
            continue
        kind = (status // 100, status in site.empty)
        if kind not in probes:
            number = PROBES.get(status // 100, 460)
            probes[kind] = _walk_all(project, site, number, routes, known, empty=kind[1])
        probe = probes[kind]
        if _tells_apart(probe, status) or any(_tells_apart(found[s], status) for s in site.successes if s in found):
            found[status] = _walk_all(project, site, status, routes, known, empty=kind[1])
        else:
            found[status] = probe._replace(status=status)
    found.update({-(10 * first + is_empty): probe for (first, is_empty), probe in probes.items()})
    return found


def probe_of(evidence: dict[int, Evidence], site: Site, status: int) -> Evidence:
    """Return the evidence of the probe that a status is compared with."""
    return evidence[-(10 * (status // 100) + (status in site.empty))]


def _tells_apart(probe: Evidence, status: int) -> bool:
    """Return whether a test that the probe met could answer otherwise for the status."""
    library_decides = status in (301, 302, 303, 304, 307, 308)
    return library_decides or any(
        status in test.named or test.kind in ("range", "float", "text", "handler", "class", "assert")
        for path in probe.paths
        for test in path.tests
    )


def _walk_all(
    project: Project, site: Site, status: int, routes: Listing[Routes], known: Known, *, empty: bool
) -> Evidence:
    """Walk the site's root with one status; other requests succeed, unless the site is then never reached."""
    for others in (True, False):
        found = _walked(project, site, status, routes, known, others_succeed=others, empty=empty)
        if found.paths:
            return found
    return Evidence(status, ())


def _walked(
    project: Project,
    site: Site,
    status: int,
    routes: Listing[Routes],
    known: Known,
    *,
    others_succeed: bool,
    empty: bool,
) -> Evidence:
    occurrence = site.occurrence

    def answer(sent: Sent) -> tuple[int | None, bool]:
        here = sent.request.place == occurrence.place and _without_returning(sent) == occurrence.whole
        if not here and not others_succeed:
            return None, False
        key = (sent.request.method if isinstance(sent.request.method, str) else None, repr(sent.request.url))
        if key not in known:
            known[key] = _meant(project, sent, routes)
        operation, success = known[key]
        if here and operation == site.operation:
            return status, True
        return (success, False) if others_succeed else (None, False)

    def walk(plan: tuple[int, ...]) -> Walk:
        current = Walk(project, plan)
        current.explores_handlers = not others_succeed
        current.answer = answer
        current.supposed = status
        current.successes = site.successes
        current.empty = frozenset({status}) if empty else frozenset()
        current.end = _end(current, occurrence)
        return current

    paths: dict[Path, None] = {}
    walks = 0
    for done in explore(MOST_WALKS, walk):
        walks += 1
        project.steps += done.steps
        if done.born and isinstance(done.end, Outcome):
            paths[_path(done, done.end)] = None
    return Evidence(status, tuple(paths), walks < MOST_WALKS)


def _without_returning(sent: Sent) -> tuple[Place, ...]:
    """Return the calls that lead to a request, without those by which a function calls itself again."""
    stack: list[Place] = []
    functions: list[ast.AST] = []
    for place, function in zip(sent.stack, sent.functions, strict=True):
        if function in functions:
            again = functions.index(function) + 1
            del stack[again:], functions[again:]
        else:
            stack.append(place)
            functions.append(function)
    return tuple(stack)


def _meant(project: Project, sent: Sent, routes: Listing[Routes]) -> tuple[Operation | None, int]:
    """Return the operation that a request asks for, and the status with which that succeeds."""
    resolution = identify(project, sent, routes)
    if resolution.catalogue is None or resolution.operation is None:
        return None, 200
    codes = (
        int(status.code)
        for status in resolution.catalogue.statuses
        if status.code.isdigit() and status.code.startswith("2")
        for cell in status.cells
        if resolution.operation.id in cell.operations and cell.response.state == "documented"
    )
    return resolution.operation, min(codes, default=200)


def _end(walk: Walk, occurrence: Occurrence) -> Outcome:
    try:
        value = run(walk, occurrence.root)
    except RaiseSignal as signal:
        exception = signal.exception
        cls = exception.cls if isinstance(exception, Instance) else None
        walk.escaped = walk.escaped or _carries(exception) or mentions(signature(exception), "STATUS")
        return Outcome("raises", signal.place, (repr(cls), masked(signature(exception), walk.supposed)))
    except CutSignal as signal:
        return Outcome("cut", None, signal.reason)
    returned = signature(value)
    walk.escaped = walk.escaped or mentions(returned, "RESPONSE") or mentions(returned, "STATUS")
    return Outcome("returns", walk.exit, returned)


def _carries(exception: object) -> bool:
    return isinstance(exception, Instance) and any(
        isinstance(value, Response | StatusValue) for value in exception.attributes.values()
    )


def _path(walk: Walk, outcome: Outcome) -> Path:
    return Path(
        outcome,
        tuple(walk.lines),
        walk.last if outcome.place is not None else walk.resumed or walk.last,
        frozenset(walk.effects),
        frozenset(walk.said),
        tuple(dict.fromkeys(walk.tests)),
        tuple(dict.fromkeys(walk.reads)),
        tuple(dict.fromkeys(walk.catches)),
        tuple(walk.shadowed.items()),
        tuple(walk.constants.items()),
        frozenset(walk.discarded),
        bool(walk.unraised),
        max(walk.attempts.values(), default=0),
        walk.escaped,
        walk.followed,
        len(walk.sent) - sum(walk.attempts.values()),
    )


def is_decoding_error(name: str) -> bool:
    """Return whether a library's exception says that a body is no JSON."""
    pending: list[str] = [name]
    while pending:
        current = pending.pop()
        if current in ("json.JSONDecodeError", "aiohttp.ContentTypeError"):
            return True
        pending.extend(bases(current))
    return False


def union(paths: Iterable[Path]) -> frozenset[Place]:
    """Return the effects of all paths."""
    return frozenset(place for path in paths for place in path.effects)
