"""The walk: its choices, its budget, what it records, and the dispatch on syntax nodes."""

from __future__ import annotations

import ast
from collections import deque
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from errdex.lint.values import Place, Unknown
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from errdex.lint.project import Project
    from errdex.lint.values import Frame, Request, Response

Node = TypeVar("Node", bound=ast.AST)

#: Statements and calls that one walk may take; what is longer is cut, and said to be.
MOST_STEPS = 12_000
#: Calls into the project that may be open at once.
MOST_DEPTH = 24
#: How often one loop body is walked.
MOST_ROUNDS = 5
#: How often the body of a `while` is walked: clients count to ten before they give up.
MOST_TRIES = 12
#: Walks after which those that found nothing end, once the branches of the root's own text were all taken.
ENOUGH_WALKS = 12
#: Items that are looked at of something that holds many: all statuses.
MOST_ITEMS = 600

Site: TypeAlias = "tuple[Place, int, Place | None]"
"""Where a choice is made: the place, how many calls are open (more while an object is made up), the innermost of them.

A helper that is called twice decides twice."""


class ReturnSignal(Exception):  # noqa: N818 - control flow, not an error
    """A `return` on its way to its function."""

    def __init__(self, value: object, place: Place) -> None:
        self.value = value
        self.place = place


class BreakSignal(Exception):  # noqa: N818
    """A `break` on its way to its loop."""


class ContinueSignal(Exception):  # noqa: N818
    """A `continue` on its way to its loop."""


class RaiseSignal(Exception):  # noqa: N818
    """An exception of the client's code on its way to a handler."""

    def __init__(self, exception: object, place: Place) -> None:
        self.exception = exception
        self.place = place


class CutSignal(Exception):  # noqa: N818
    """The walk ends here: its budget is spent or the code loops for ever."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Test(NamedTuple):
    """A question about the tracked response's status, and its answer for the supposed one."""

    place: Place
    named: frozenset[int]
    """The statuses that it names one by one; empty for ranges and library checks."""
    answer: object
    """What the code sees: True or False, a dictionary's key, a handler's class."""
    kind: str
    """`value`, `range`, `check`, `raising`, `lookup`, `handler`, `class`, `float`, `text`, `retry` or `body`."""


class Read(NamedTuple):
    """The tracked response's body was read as a document."""

    place: Place
    form: str
    """`json` or `text`."""
    guarded: bool
    """True when a handler around it takes the decoder's error."""


class Sent(NamedTuple):
    """A request was sent."""

    request: Request
    stack: tuple[Place, ...]
    """The calls into the project that are open, outermost first; empty when the root sends it itself."""
    functions: tuple[ast.AST, ...]
    """The functions that those calls entered, outermost first."""


class Catch(NamedTuple):
    """A handler took an exception that the tracked status caused."""

    place: Place
    broad: bool
    """It names no class, Exception or BaseException."""
    named: bool
    """It binds the exception to a name or logs it with its traceback."""
    body: tuple[Place, Place]
    """First and last statement of the handler."""


class Walk:
    """One path through a root function."""

    asked = 0
    """How many requests were sent where objects were made up."""

    awaits_caller = False
    """Whether a call is no request only for want of its URL or its method, which a caller may say."""

    explores_handlers = False
    """Whether handlers are entered although nothing that is known raises."""
    answer: Callable[[Sent], tuple[int | None, bool]] | None = None
    """The status to suppose for a request, and whether it is the tracked one."""
    born = False
    """Whether the tracked response exists."""
    decorating = 0
    """How many decorator expressions are being evaluated: what they call sends nothing."""
    leaving = 0
    """How many `finally` clauses and ends of `with` statements are being walked: they run on every way out."""
    last: Place | None = None
    """The last statement that was walked on the way, once the tracked response existed; None after a question."""
    resumed: Place | None = None
    """The call that has just come back from a function of the project; None once another statement begins."""
    followed = False
    """Whether the library followed the supposed redirect by itself."""
    exit: Place | None = None
    """The `return` by which the last function was left; None when it fell off its end."""
    end: object = None
    """How the walk ended, for whoever started it."""
    imagining = 0
    """How many objects are being made up: what their constructors send is nobody's request."""
    escaped = False
    """Whether it was handed to code that is not at hand."""
    empty: frozenset[int] = frozenset()
    """Statuses whose documented body is empty."""
    supposed = 0
    """The status that the tracked response has."""
    successes: frozenset[int] = frozenset()
    """Statuses that the operation documents as success."""

    def __init__(self, project: Project, plan: tuple[int, ...] = ()) -> None:
        self.project = project
        self.plan = plan
        self.taken: list[tuple[Site, int, int]] = []
        """(where, alternative, how many there are), for each choice."""
        self.answers: dict[object, bool] = {}
        self.steps = 0
        self.stack: list[Place] = []
        self.functions: list[ast.AST] = []
        self.handlers: list[object] = []
        """What the `try` statements around this point catch: sequences of handler types."""
        self.sent: list[Sent] = []
        self.entered: set[ast.AST] = set()
        """The functions that were entered, of objects that were made up aside."""
        self.executed: set[ast.stmt] = set()
        """The statements that were executed without an exception."""
        self.tests: list[Test] = []
        self.reads: list[Read] = []
        self.catches: list[Catch] = []
        self.shadowed: dict[Place, Place] = {}
        """Handlers that come too late, and the one before them that takes the exception."""
        self.constants: dict[Place, str] = {}
        """Conditions about a status that cannot be otherwise, and why."""
        self.attempts: dict[object, int] = {}
        """How often the tracked request was sent, by what it carried."""
        self.lines: dict[Place, None] = {}
        """Statements walked once the tracked response exists, in order."""
        self.discarded: dict[Place, None] = {}
        """Calls that are statements by themselves: what they return is thrown away."""
        self.unraised: dict[Place, None] = {}
        """Statements that make an exception and do not raise it."""
        self.effects: dict[Place, None] = {}
        """Those of them that leave a trace outside the function's own names."""
        self.given: dict[Place, list[object]] = {}
        """The arguments of calls that are statements by themselves."""
        self.said: dict[tuple[Place, object], None] = {}
        """What calls that leave a trace were given, as far as it can be told apart."""
        self.followed_calls: set[Place] = set()
        """Calls of functions that are walked and of a response's checks: what they do is recorded by itself."""

    def choose(self, place: Place, alternatives: int) -> int:
        """Take one of the alternatives, the planned one or else the first."""
        position = len(self.taken)
        option = self.plan[position] if position < len(self.plan) else 0
        if option >= alternatives:
            option = 0
        depth = len(self.stack) + MOST_DEPTH * self.imagining
        self.taken.append(((place, depth, self.stack[-1] if self.stack else None), option, alternatives))
        return option

    def decide(self, value: Unknown, place: Place) -> bool:
        """Answer whether an unknown value is true, the same way each time on one path."""
        known = self.answers.get(value.question)
        if known is None:
            first = bool(value.default) if value.default is not None or value.name else True
            known = first if self.choose(place, 2) == 0 else not first
            self.answers[value.question] = known
        return known

    @contextmanager
    def on_leaving(self) -> Iterator[None]:
        """Note that what is walked now runs on every way out."""
        self.leaving += 1
        try:
            yield
        finally:
            self.leaving -= 1

    def step(self) -> None:
        """Count one unit of work; raise CutSignal when the budget is spent."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise CutSignal("too long")

    def test(self, place: Place, response: Response, named: frozenset[int], answer: object, kind: str) -> None:
        """Record a question about a response, if it is the tracked one."""
        if response.tracked:
            self.tests.append(Test(place, named, answer, kind))
            self.last = self.resumed = None


def explore(
    limit: int,
    walk: Callable[[tuple[int, ...]], Walk],
    *,
    combinations: int = 6,
    barren: Callable[[], bool] = lambda: False,
) -> Iterator[Walk]:
    """Yield walks until each alternative of each choice was taken once, and then some of their combinations.

    They come in the order in which the choices came up. As long as the walks are `barren`, the choices with the fewest
    open calls come first, and it ends after ENOUGH_WALKS when those of the root's own text were all taken.
    """
    covered: set[tuple[Site, int]] = set()
    nearest: list[tuple[int, int, tuple[int, ...], tuple[Site, int]]] = []
    urgent: deque[tuple[tuple[int, ...], tuple[Site, int]]] = deque()
    later: deque[tuple[int, ...]] = deque()
    plan: tuple[int, ...] | None = ()
    order = count()
    for number in range(1, limit + 1):
        if plan is None:
            return
        done = walk(plan)
        options = tuple(option for _, option, _ in done.taken)
        covered.update((site, option) for site, option, _ in done.taken)
        for position in range(len(plan), len(options)):
            site, option, alternatives = done.taken[position]
            for other in range(alternatives):
                if other != option:
                    candidate, aim = (*options[:position], other), (site, other)
                    urgent.append((candidate, aim))
                    heappush(nearest, (site[1], next(order), candidate, aim))
        yield done
        plan = None
        while nearest and plan is None and barren():
            depth, _, candidate, aim = heappop(nearest)
            if depth > 1 and number >= ENOUGH_WALKS:
                return
            plan = candidate if aim not in covered else None
        while urgent and plan is None:
            candidate, aim = urgent.popleft()
            if aim in covered:
                later.append(candidate)
            else:
                plan = candidate
        if plan is None and later and combinations:
            plan = later.popleft()
            combinations -= 1


EVALUATORS: dict[type[ast.expr], Callable[[Walk, Frame, Any], object]] = {}
"""By kind of expression; filled by the modules that know the kinds."""
EXECUTORS: dict[type[ast.stmt], Callable[[Walk, Frame, Any], None]] = {}
"""By kind of statement."""


def evaluates(
    *kinds: type[ast.expr],
) -> Callable[[Callable[[Walk, Frame, Node], object]], Callable[[Walk, Frame, Node], object]]:
    """Register the function that evaluates these kinds of expression."""

    def register(function: Callable[[Walk, Frame, Node], object]) -> Callable[[Walk, Frame, Node], object]:
        for kind in kinds:
            EVALUATORS[kind] = function
        return function

    return register


def executes(
    *kinds: type[ast.stmt],
) -> Callable[[Callable[[Walk, Frame, Node], None]], Callable[[Walk, Frame, Node], None]]:
    """Register the function that executes these kinds of statement."""

    def register(function: Callable[[Walk, Frame, Node], None]) -> Callable[[Walk, Frame, Node], None]:
        for kind in kinds:
            EXECUTORS[kind] = function
        return function

    return register


def evaluate(walk: Walk, frame: Frame, node: ast.expr) -> object:
    """Return what the expression is worth on this path; RaiseSignal when it raises."""
    evaluator = EVALUATORS.get(type(node))
    return Unknown() if evaluator is None else evaluator(walk, frame, node)


def execute(walk: Walk, frame: Frame, body: list[ast.stmt]) -> None:
    """Walk statements in order; a signal when they end otherwise than by falling off."""
    for statement in body:
        walk.step()
        if walk.born:
            place = place_of(frame, statement)
            walk.lines[place] = None
            if not walk.leaving:
                walk.last, walk.resumed = place, None
        executor = EXECUTORS.get(type(statement))
        if executor is not None:
            try:
                executor(walk, frame, statement)
            except (ReturnSignal, BreakSignal, ContinueSignal):
                walk.executed.add(statement)
                raise
        walk.executed.add(statement)


def place_of(frame: Frame, node: ast.stmt | ast.expr | ast.excepthandler | ast.pattern) -> Place:
    """Return where a node stands; a node remembers it, because walks ask again and again."""
    known = node.__dict__.get("place")
    if known is None:
        known = node.__dict__["place"] = _place(frame, node)
    return known


def _place(frame: Frame, node: ast.stmt | ast.expr | ast.excepthandler | ast.pattern) -> Place:
    return Place(
        frame.module.path, node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0
    )
