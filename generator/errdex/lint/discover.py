"""Requests that client code sends, each at the place where its operation becomes known.

Each root is walked with unknown arguments and unknown statuses. A request that a root reaches through helpers has a
stack of calls; it belongs to the innermost function on that stack which, started by itself, already knows the operation
(`get_zone` that calls `self._request("GET", "/zones")`, not `_request`, whose path is a parameter). The functions
further out are its callers: what they do with the answer counts as well.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from errdex.lint.interpreter import Walk, explore
from errdex.lint.interpreter.machine import CutSignal, RaiseSignal
from errdex.lint.resolve import Resolution, resolve
from errdex.lint.roots import run
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.routes import Routes
    from errdex.lint.interpreter.machine import Sent
    from errdex.lint.project import Project
    from errdex.lint.reach import Prospects
    from errdex.lint.roots import Root
    from errdex.lint.values import Place

#: Walks for each root: enough to take every branch of a long function once.
MOST_WALKS = 40

#: Of what a request can be, what is told: that it may go elsewhere, too, is no reason to be silent about it.
_ORDER = ("operation", "wrong-method", "unknown-operation", "unresolved", "elsewhere")


class Occurrence(NamedTuple):
    """A request as one root reaches it."""

    root: Root
    whole: tuple[Place, ...]
    """All calls into the project from the walk's start on, outermost first."""
    stack: tuple[Place, ...]
    """Those of them that lead from the root's own text to the request; its decorators' are left out."""
    functions: tuple[ast.AST, ...]
    """The functions that those calls enter."""
    place: Place
    """The library's call."""
    guessed: bool
    """Only the shape of the call says that it sends a request."""
    resolution: Resolution

    @property
    def site(self) -> Place:
        """The expression in the root's own text that leads to the request."""
        return self.stack[0] if self.stack else self.place


class Reached(NamedTuple):
    """What walks from one root come to."""

    occurrences: tuple[Occurrence, ...]
    awaits_caller: bool
    """What a caller says can bring more."""
    is_cut: bool
    """There are more branches than were walked."""


class CallSite(NamedTuple):
    """A request at the place where its operation is known."""

    occurrence: Occurrence
    callers: tuple[Occurrence, ...]
    """The same request as functions further out reach it."""


def occurrences(project: Project, root: Root, routes: Sequence[Routes], prospects: Prospects | None = None) -> Reached:
    """Return the requests that a root reaches, each once for each operation that it can be.

    Where walks find nothing, it ends when the `prospects` have nothing more to offer.
    """
    walks, awaits_caller = 0, False
    found: dict[tuple[object, ...], Occurrence] = {}
    entered, executed = set[ast.AST](), set[ast.stmt]()

    def walk(plan: tuple[int, ...]) -> Walk:
        current = Walk(project, plan)
        current.explores_handlers = True
        try:
            run(current, root)
        except (RaiseSignal, CutSignal):
            return current
        return current

    for done in explore(MOST_WALKS, walk, combinations=0, barren=lambda: not found):
        walks += 1
        awaits_caller = awaits_caller or done.awaits_caller
        for sent in done.sent:
            made = _occurrence(project, root, sent, routes)
            key = (made.stack, made.place, made.resolution.kind, _operation(made))
            found.setdefault(key, made)
        entered |= done.entered
        executed |= done.executed
        if prospects is not None and not found and not prospects.remain(root.node, entered, executed):
            break
    return Reached(tuple(found.values()), awaits_caller, walks >= MOST_WALKS)


def _occurrence(project: Project, root: Root, sent: Sent, routes: Sequence[Routes]) -> Occurrence:
    own = sent.functions.index(root.node) + 1 if root.node in sent.functions else 1
    request = sent.request
    return Occurrence(
        root, sent.stack, sent.stack[own:], sent.functions[own:], request.place, request.guessed,
        identify(project, sent, routes),
    )  # fmt: skip


def identify(project: Project, sent: Sent, routes: Sequence[Routes]) -> Resolution:
    """Return what a request is: as its URL says, else as a comment at one of the calls that lead to it says."""
    resolution = resolve(sent.request, routes)
    if resolution.kind in ("operation", "elsewhere"):
        return resolution
    for place in (sent.request.place, *reversed(sent.stack)):
        bound = project.bound(place)
        for table in routes if bound else ():
            for operation in table.catalogue.operations:
                if operation.id == bound:
                    method = resolution.method or operation.endpoints[0].method
                    return Resolution("operation", table.catalogue, operation, method, resolution.url, True, "")
    return resolution


def _operation(occurrence: Occurrence) -> tuple[str, str]:
    resolution = occurrence.resolution
    catalogue = resolution.catalogue.api.id if resolution.catalogue is not None else ""
    return catalogue, resolution.operation.id if resolution.operation is not None else ""


def call_sites(found: Iterable[Occurrence]) -> Iterator[CallSite]:
    """Yield each request of a known operation once, where it becomes known, with its callers."""
    known: dict[tuple[object, ...], Occurrence] = {}
    everything = [one for one in found if one.resolution.kind == "operation"]
    for one in everything:
        known.setdefault((one.root.node, one.stack, one.place, _operation(one)), one)
    owners: dict[tuple[object, ...], tuple[Occurrence, list[Occurrence]]] = {}
    for one in everything:
        owner = _innermost(one, known)
        _, callers = owners.setdefault((owner.site, _operation(owner)), (owner, []))
        if owner is not one:
            callers.append(one)
    for owner, callers in owners.values():
        yield CallSite(owner, tuple(callers))


def _innermost(one: Occurrence, known: dict[tuple[object, ...], Occurrence]) -> Occurrence:
    for depth in range(len(one.functions), 0, -1):
        key = (one.functions[depth - 1], one.stack[depth:], one.place, _operation(one))
        if key in known:
            return known[key]
    return one


def others(found: Sequence[Occurrence]) -> Iterator[Occurrence]:
    """Yield the requests of no known operation that are to be told of, each once.

    A helper whose URL is a parameter is told of only when nobody in the project calls it with one.
    """
    resolved = {one.place for one in found if one.resolution.kind in ("operation", "wrong-method", "unknown-operation")}
    called = {(node, one.place) for one in found for node in one.functions}
    best: dict[Place, Occurrence] = {}
    for one in found:
        kind = one.resolution.kind
        if kind == "operation" or (kind == "unresolved" and (one.root.node, one.place) in called):
            continue
        if kind in ("unresolved", "elsewhere") and one.guessed:
            continue
        if kind == "unresolved" and one.place in resolved and not one.stack:
            continue
        site = one.site
        if site not in best or _ORDER.index(kind) < _ORDER.index(best[site].resolution.kind):
            best[site] = one
    known = {one.site for one in found if one.resolution.kind == "operation"}
    told = {(one.root.node, one.stack, one.place, one.resolution.kind) for one in best.values()}
    for site, one in best.items():
        inner = any(
            (node, one.stack[depth + 1 :], one.place, one.resolution.kind) in told
            for depth, node in enumerate(one.functions)
        )
        if site not in known and not inner:
            yield one
