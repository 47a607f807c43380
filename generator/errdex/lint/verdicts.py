"""From evidence to verdicts: what becomes of each documented status at a call site.

A status is *discriminated* when the code behaves otherwise for it than for a status of the same class that nobody
assigned, because a test names it. Else the ends of its paths decide: all raise, or hand the response on: *delegated*;
one ends where a success ends, with the same value and no trace of its own: *dropped*; it ends normally but elsewhere:
*collapsed*. Callers that take the answer in are followed too; the worst of them counts, unless one discriminates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.follow import Site, follow, probe_of
from errdex.lint.signature import exit_status, mentions
from errdex.lint.values import Function
from errdex.records import NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    from errdex.catalogue.model import Catalogue, Operation, Response
    from errdex.catalogue.routes import Routes
    from errdex.lint.discover import CallSite, Occurrence
    from errdex.lint.follow import Evidence, Path
    from errdex.lint.project import Project, SourceModule
    from errdex.lint.report import Verdict
    from errdex.lint.values import Place

#: What stands for `default` and for ranges in walks: codes that no catalogue is likely to name beside them.
_RANGES = {"1XX": 199, "2XX": 299, "3XX": 399, "4XX": 499, "5XX": 599, "default": 598}

#: By tests of these kinds a program tells one status from its neighbours.
_BY_VALUE = frozenset({"value", "lookup", "retry", "handler", "class", "assert", "text", "float"})

_WORST: dict[Verdict, int] = {"success": 0, "discriminated": 1, "delegated": 2, "collapsed": 3, "dropped": 4}

#: How a function ends that returns nothing, wherever it does: the kind and the value of an outcome.
_NOTHING = ("returns", ("NoneType", None))

#: The class, as outcomes tell it, by which a script is left.
_EXIT = "builtins.SystemExit"

#: Callers of one call site that are followed.
_MOST_CALLERS = 6


class StatusFlow(NamedTuple):
    """One documented status at one call site."""

    label: str
    """As the catalogue says it: `404`, `4XX`, `default`."""
    number: int
    """What stood for it."""
    response: Response
    verdict: Verdict
    paths: tuple[Path, ...]
    """The walks that led to the verdict."""
    site: Site
    """The root from which they started: the call's own or a caller's."""
    followed: bool
    """A redirect that the library follows before the code sees it."""
    silent: bool = False
    """A handler took the exception and nothing came of it, not even a `return` of its own."""


class CheckedCall(NamedTuple):
    """A call site, its operation, and what happens to each documented status."""

    site: CallSite
    catalogue: Catalogue
    operation: Operation
    flows: tuple[StatusFlow, ...]
    evidence: tuple[tuple[Site, dict[int, Evidence]], ...]
    """For the call's own root first, then for its callers."""

    @property
    def occurrence(self) -> Occurrence:
        """The request as its own root reaches it."""
        return self.site.occurrence


def judge(project: Project, site: CallSite, routes: Sequence[Routes]) -> CheckedCall:
    """Follow every documented status of a call site, through its own root and those of its callers."""
    resolution = site.occurrence.resolution
    catalogue, operation = resolution.catalogue, resolution.operation
    if catalogue is None or operation is None:
        raise AssertionError("only call sites of a known operation are judged")
    cells = [response for response in documented(catalogue, operation) if response.state == "documented"]
    numbers = {response.status: number(response.status) for response in cells}
    roots = [site.occurrence, *_callers(site)]
    evidence: list[tuple[Site, dict[int, Evidence]]] = []
    for occurrence in roots:
        followed = _site(occurrence, operation, cells, numbers)
        evidence.append((followed, follow(project, followed, routes)))
    flows = tuple(_flow(response, numbers[response.status], evidence) for response in cells)
    return CheckedCall(site, catalogue, operation, flows, tuple(evidence))


def documented(catalogue: Catalogue, operation: Operation) -> list[Response]:
    """Return an operation's responses in the catalogue's order."""
    return [
        cell.response._replace(operation=operation.id)
        for status in catalogue.statuses
        for cell in status.cells
        if operation.id in cell.operations
    ]


def number(label: str) -> int:
    """Return the status that stands for a label in walks."""
    return int(label) if label.isdigit() else _RANGES.get(label if label == "default" else label.upper(), 598)


def is_success(status: int) -> bool:
    """Return whether a status is the answer to a request that worked (RFC 9110: 1xx and 2xx)."""
    return status < 300


def _callers(site: CallSite) -> list[Occurrence]:
    """Return the functions that call the root, or read a property that does; not those that callers go through."""
    own, outside = site.occurrence.root.node, _outside(site.occurrence)
    candidates = [one for one in site.callers if one.root.node is not own and _calls(one, own, outside)]
    inner = {(node, one.place) for one in candidates for node in one.functions}
    outermost = [one for one in candidates if (one.root.node, one.place) not in inner]
    # A property says something about the response; what becomes of it, those decide who read it.
    readers = [one for one in outermost if not _is_property(one.root.module, one.root.node)]
    return (readers or outermost)[:_MOST_CALLERS]


def _raises(found: Evidence) -> bool:
    return all(path.outcome.kind == "raises" for path in found.paths)


def _hands_over(found: Evidence) -> bool:
    """Return whether all that the function does with a status is to return the response."""
    return all(path.handed and path.outcome.kind == "returns" for path in found.paths)


def _calls(one: Occurrence, own: ast.AST, outside: ast.AST) -> bool:
    """Return whether nothing stands between a caller and the root but properties, or the root's own decorator."""
    if own not in one.functions[1:] or one.functions[0] is outside:
        return True
    return all(_is_property(one.root.module, node) for node in one.functions[: one.functions.index(own)])


def _is_property(module: SourceModule, node: ast.AST) -> bool:
    function, _ = module.definitions.get(node, (None, None))
    return isinstance(function, Function) and function.kind.endswith("property")


def _is_generator(occurrence: Occurrence) -> bool:
    function, _ = occurrence.root.module.definitions.get(occurrence.root.node, (None, None))
    return isinstance(function, Function) and function.is_generator and function.kind != "contextmanager"


def _outside(occurrence: Occurrence) -> ast.AST:
    """Return the function that callers of the root call: what a decorator of the project's own puts in its place."""
    _, decorated = occurrence.root.module.definitions.get(occurrence.root.node, (None, None))
    return decorated.node if isinstance(decorated, Function) else occurrence.root.node


def _site(occurrence: Occurrence, operation: Operation, cells: list[Response], numbers: dict[str, int]) -> Site:
    statuses = tuple(numbers[response.status] for response in cells)
    successes = frozenset(status for status in statuses if is_success(status)) or frozenset({200})
    empty = frozenset(
        numbers[response.status] for response in cells if response.body is not None and response.body.kind == "empty"
    )
    return Site(occurrence, operation, statuses, successes, empty)


def _flow(response: Response, status: int, evidence: list[tuple[Site, dict[int, Evidence]]]) -> StatusFlow:
    if is_success(status):
        site, found = evidence[0]
        return StatusFlow(response.status, status, response, "success", found[status].paths, site, followed=False)
    judged = [(_verdict(status, site, found), site, found[status]) for site, found in evidence]
    # What the call's own function does with the status is only part of the story where others call it.
    own, outer = judged[0], [one for one in judged[1:] if one[2].paths]
    callers_decide = bool(outer) and (_is_generator(own[1].occurrence) or _hands_over(own[2]))
    if callers_decide:
        # Whoever goes through the generator decides how far it gets; whoever gets the response, what becomes of it.
        judged = outer
    if outer and _raises(own[2]) and all(verdict == "dropped" for verdict, _, _ in outer):
        # Whatever it raises, callers go on as after a success.
        judged = outer
    if any(verdict == "discriminated" for verdict, _, _ in judged):
        chosen = next(one for one in judged if one[0] == "discriminated")
    elif outer:
        chosen = max(outer, key=lambda one: _WORST[one[0]])
        told_apart = own[0] == "collapsed" and not callers_decide
        if told_apart and chosen[0] == "dropped" and not _ignored(own[1], chosen[1], evidence):
            # The function told the failure apart; a caller that looks at what it returns may, too.
            chosen = own
    else:
        chosen = own
    followed = any(path.followed for path in chosen[2].paths)
    silent = chosen[0] == "collapsed" and any(_silent(path, chosen[1], evidence) for path in chosen[2].paths)
    return StatusFlow(response.status, status, response, chosen[0], chosen[2].paths, chosen[1], followed, silent)


def _silent(path: Path, site: Site, evidence: list[tuple[Site, dict[int, Evidence]]]) -> bool:
    """Return whether an exception was caught, or made and not raised, without a trace, and the function just ends."""
    found = next(one for held, one in evidence if held is site)
    effects = frozenset(e for status in site.successes for success in found[status].paths for e in success.effects)
    ends = path.outcome.kind == "returns" and path.outcome.place is None
    return ends and bool(path.catches or path.unraised) and not path.effects - effects


def _ignored(own: Site, outer: Site, evidence: list[tuple[Site, dict[int, Evidence]]]) -> bool:
    """Return whether a caller throws away what the function returns and goes on as after a success."""
    found = next(one for held, one in evidence if held is outer)
    functions, stack = outer.occurrence.functions, outer.occurrence.stack
    entered = (_outside(own.occurrence), own.occurrence.root.node)
    called = next((place for node, place in zip(functions, stack, strict=False) if node in entered), None)
    call = outer.occurrence.site
    return any(
        called in path.discarded and (effect.path != call.path or effect.line > call.end_line)
        for status in outer.successes
        for path in found[status].paths
        for effect in path.effects
    )


def _verdict(status: int, site: Site, evidence: dict[int, Evidence]) -> Verdict:
    found = evidence[status]
    if any(path.followed for path in found.paths):
        return "delegated"
    worst = _worst(found, site, evidence)
    probe = probe_of(evidence, site, status)
    successes = [path for number in site.successes for path in evidence[number].paths]
    gives_up = _is_tried_again(found.paths, successes)
    if _separated(found, probe) and not (
        worst == "dropped" and (gives_up or _is_taken_alike(found, probe, site, evidence))
    ):
        return "discriminated"
    return worst


def _separated(found: Evidence, probe: Evidence) -> bool:
    """Return whether the code behaves otherwise for a status than for its probe, because a test names it."""
    asked = {kind for _, _, kind in found.answers ^ probe.answers}
    if "retry" in asked:
        return True
    if not asked & _BY_VALUE:
        return False
    return found.lines != probe.lines or found.outcomes != probe.outcomes or found.said != probe.said


def _asks_again(found: Evidence, probe: Evidence) -> bool:
    """Return whether another request is sent because of the status, and its answer is taken instead."""
    others = [path.sent for path in probe.paths]
    return bool(others) and all(path.sent > max(others) for path in found.paths)


def _is_taken_alike(found: Evidence, probe: Evidence, site: Site, evidence: dict[int, Evidence]) -> bool:
    """Return whether the code takes an unknown status for a success as well, in the same way."""
    if _asks_again(found, probe) or _does_more(found, probe, site, evidence):
        return False
    named, unknown = _verdicts(found, site, evidence), _verdicts(probe, site, evidence)
    return "dropped" in unknown and not (named == {"dropped"} != unknown)


def _is_tried_again(paths: Sequence[Path], successes: list[Path]) -> bool:
    """Return whether the request is sent again because of a status, and not after a success."""
    return any(path.attempts > 1 for path in paths) and all(path.attempts <= 1 for path in successes)


def _does_more(found: Evidence, probe: Evidence, site: Site, evidence: dict[int, Evidence]) -> bool:
    """Return whether the code does for the status what it does for a success and for no unknown one.

    What it does counts where it returns nothing: what is returned tells whether it is a success, wherever it does.
    """
    if any(path.outcome[::2] != _NOTHING for path in found.paths):
        return False
    done = frozenset(effect for status in site.successes for path in evidence[status].paths for effect in path.effects)
    named, unknown = ([path.effects & done for path in one.paths] for one in (found, probe))
    return bool(done) and all(one == done for one in named) and not any(one == done for one in unknown)


def _worst(found: Evidence, site: Site, evidence: dict[int, Evidence]) -> Verdict:
    return max(_verdicts(found, site, evidence), key=lambda verdict: _WORST[verdict], default="delegated")


def _verdicts(found: Evidence, site: Site, evidence: dict[int, Evidence]) -> set[Verdict]:
    successes = [path for status in site.successes for path in evidence[status].paths]
    # An answer that makes the code ask on and on, as 202 does whoever waits for 200, is no success yet.
    done = [path for path in successes if path.outcome.kind != "cut"]
    return {_path_verdict(path, done or successes) for path in found.paths}


def _path_verdict(path: Path, successes: list[Path]) -> Verdict:
    if path.followed:
        return "delegated"
    same = any(_same(path, success) for success in successes)
    if path.handed or (path.outcome.kind == "raises" and not (same and _only_exit(path, successes))):
        return "delegated"
    effects = frozenset(place for success in successes for place in success.effects)
    if not same:
        # A `return` of nothing says no more than the end of the function, unless it leaves something out.
        bare = path.outcome[::2] == _NOTHING
        idle = any(success.outcome[::2] == _NOTHING and success.effects == path.effects for success in successes)
        return "dropped" if bare and idle else "collapsed"
    own = path.effects - effects
    if any(mentions_body(given) for success in successes for _, given in success.said & path.said):
        return "dropped"
    if not own and not _says_otherwise(path, successes):
        return "dropped"
    if own and path.catches and _falls_back(path, successes):
        return "collapsed"
    if _returns_on_purpose(path) or mentions_body(path.outcome.value):
        return "dropped"
    if own and (_goes_on(path, own, successes) or _skips_nothing(path, successes)):
        return "dropped"
    if path.outcome[::2] != _NOTHING and _is_tried_again([path], successes):
        # After the last try the caller gets what a success gives; a line in a log tells nobody.
        return "dropped"
    return "collapsed"


def _only_exit(path: Path, successes: list[Path]) -> bool:
    """Return whether a success is an exit, too, and the walk has no status of its own to exit with: `exit(main())`."""
    left = [one.outcome.value for one in (*successes, path) if isinstance(one.outcome.value, tuple)]
    return len(left) > len(successes) and all(one[0] == _EXIT for one in left) and not exit_status(left[-1][1])


def _says_otherwise(path: Path, successes: list[Path]) -> bool:
    """Return whether a walk prints, logs or keeps, where a success does, something that no success does."""
    said = frozenset(one for success in successes for one in success.said)
    places = {place for place, _ in said}
    return any(place in places for place, _ in path.said - said)


def _goes_on(path: Path, own: frozenset[Place], successes: list[Path]) -> bool:
    """Return whether a walk, after what it does for the status, does all that every success does."""
    common = frozenset.intersection(*(success.effects for success in successes)) if successes else frozenset()
    if not common <= path.effects:
        return False
    said = frozenset(one for success in successes for one in success.said)
    told = {place for place, _ in said if place in common}
    if not told <= {place for place, _ in path.said & said}:
        return False
    order = {place: index for index, place in enumerate(path.lines)}
    last = max(order.get(place, -1) for place in own)
    return any(order.get(place, -1) > last for place in common)


def _skips_nothing(path: Path, successes: list[Path]) -> bool:
    """Return whether a walk returns something, where a success does, and passes all that every success passes."""
    common = frozenset.intersection(*(frozenset(success.lines) for success in successes)) if successes else frozenset()
    kind, place, value = path.outcome
    return kind == "returns" and place is not None and value != _NOTHING[1] and common <= frozenset(path.lines)


def _same(path: Path, success: Path) -> bool:
    """Return whether a walk ends as a success does, or gives its caller what a success would, though elsewhere."""
    one, other = path.outcome, success.outcome
    return one == other or (one.kind == other.kind and one.value == other.value and _returns_on_purpose(path))


def _falls_back(path: Path, successes: list[Path]) -> bool:
    """Return whether a walk gives False, zero or nothing, which a success gives only sometimes."""
    kind, _, value = path.outcome
    falsy = isinstance(value, tuple) and len(value) == 2 and not value[1]
    return kind == "returns" and falsy and any(success.outcome.value != value for success in successes)


def _returns_on_purpose(path: Path) -> bool:
    """Return whether a walk returns something known that is not None: where a success does, it tells of one."""
    kind, value = path.outcome.kind, path.outcome.value
    return kind == "returns" and value != ("NoneType", None) and not mentions(value, "?")


def mentions_body(signed: object) -> bool:
    """Return whether a signature holds the tracked response's body."""
    return mentions(signed, "BODY")
