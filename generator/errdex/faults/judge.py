"""What client code really does with a status, told by running it.

A status is judged by comparing runs that differ in one thing only. With the body held equal, the run for status
`s` is compared with the run for a success (does the code take `s` for one?) and with the run for a status of the
same class that neither the API documents nor the code mentions (does it treat `s` as any other error?). So:

- equal to the success, and an unknown status is as well: `dropped`;
- unlike an unknown status of its class, in lines, exceptions, value or effects: `discriminated` (by value);
- otherwise, it left as an exception or the caller can read it from the value: `delegated`;
- otherwise it ended in a way that it shares with unknown errors, without raising: `collapsed`.

The comparison is made with the body of a success and with the documented body, because either can hide the
treatment of the status (a `KeyError` in the middle of the right branch).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from errdex.faults.answers import number
from errdex.faults.plan import Asked
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from errdex.catalogue.model import Response
    from errdex.faults.observe import Behaviour, Line
    from errdex.faults.passages import Passages
    from errdex.faults.trials import Trial

Observed = Literal["discriminated", "delegated", "collapsed", "dropped"]


class Judgement(NamedTuple):
    """What happens to one documented status."""

    status: str
    verdicts: tuple[Observed, ...]
    """The verdict, the likeliest first; several when the runs cannot tell which of them it is, none without a run."""
    reason: str
    """Why, in one line."""
    trial: Trial | None
    """The run with the documented answer; None when the client never asked for the operation."""


def judge(
    run: Callable[[Asked], Trial],
    responses: Mapping[str, Response],
    sources: Iterable[str],
    client_passages: Mapping[str, Passages],
) -> tuple[Judgement, ...]:
    """Judge every documented status of an operation, successes left out, in the catalogue's order.

    `run` runs the client from the start while the operation gives that answer; `sources` are the client's texts.
    """
    bench = _Bench(run, responses, sources, client_passages)
    return tuple(_judged(bench, status) for status in responses if not status.startswith(("1", "2")))


#: Statuses that stand for "any other" of their class: registered, never followed or tried again by a library.
_UNKNOWN: Mapping[str, tuple[int, ...]] = {
    "3": (300, 305),
    "4": (424, 451, 423, 417),
    "5": (508, 510, 506, 507),
}


def unknown(responses: Iterable[str], sources: Iterable[str]) -> dict[str, int]:
    """Return for each class, by its digit, a status that is neither documented nor mentioned in the client's texts."""
    taken = {number(responses, status) for status in responses}
    named = {int(word) for source in sources for word in re.findall(r"\b[3-5]\d\d\b", source)}
    return {
        digit: next((status for status in statuses if status not in taken | named), statuses[0])
        for digit, statuses in _UNKNOWN.items()
    }


class _Bench:
    """The runs that judging needs, each made once."""

    def __init__(
        self,
        run: Callable[[Asked], Trial],
        responses: Mapping[str, Response],
        sources: Iterable[str],
        client_passages: Mapping[str, Passages],
    ) -> None:
        self._run = run
        self._trials: dict[Asked, Trial] = {}
        self.passages = client_passages
        self.numbers = {status: number(responses, status) for status in responses}
        self.successes = [status for status in responses if status.startswith("2")] or ["200"]
        self.unknown = unknown(responses, sources)

    def trial(self, asked: Asked) -> Trial:
        if asked not in self._trials:
            self._trials[asked] = self._run(asked)
        return self._trials[asked]


def _judged(bench: _Bench, status: str) -> Judgement:
    trial = bench.trial(Asked(status))
    if not trial.requests:
        return Judgement(status, (), "the client does not ask for this operation", None)
    if trial.behaviour.ending == "endless":
        return Judgement(status, (), "the client does not end", trial)
    if trial.followed:
        return Judgement(status, ("delegated",), "the library follows the redirect before the code sees it", trial)
    views = [_View(bench, status, success) for success in bench.successes]
    taken = next((view for view in views if view.taken == "yes"), None)
    if taken is not None and taken.unknown_taken == "yes":
        return _after_body(taken, status, trial)
    if taken is not None:
        # With the documented body both may end alike: the code breaks on it in the same way.
        also = ("dropped",) if taken.body_hides else ()
        return Judgement(status, ("discriminated", *also), "taken for a success, as no unknown status is", trial)
    view = views[0]
    shared: Observed = "delegated" if view.end.ending == "raised" or view.end.carries else "collapsed"
    if all(one.by_value for one in views):
        also = (shared,) if view.ends_as_unknown else ()
        if view.taken == "perhaps" and view.unknown_taken != "no":
            also = (*also, "dropped")
        return Judgement(status, ("discriminated", *also), "treated as no unknown status of its class is", trial)
    if view.broken:
        return Judgement(status, ("collapsed", "delegated"), "the code breaks on any body", trial)
    also = ("dropped",) if view.taken == "perhaps" else ()
    reason = f"treated as an unknown status of its class is: {view.end.ending} {view.end.value}"
    return Judgement(status, (shared, *also), reason, trial)


def _after_body(view: _View, status: str, trial: Trial) -> Judgement:
    """Judge a status that is never looked at: the code may still go by what the body says."""
    sniffed = view.with_own_body.behaviour
    if sniffed.ending == "raised" and sniffed.deliberate and view.success.ending != "raised":
        return Judgement(status, ("delegated",), "the body gives it away", trial)
    # A function inside tells it apart by what it says; its caller gives what it gives after a success.
    also = ("collapsed",) if view.told_inside else ()
    return Judgement(status, ("dropped", *also), "treated as a success is, and so is any unknown status", trial)


class _View:
    """A status seen against one success and against an unknown status of its class."""

    def __init__(self, bench: _Bench, status: str, success: str) -> None:
        own = bench.numbers[status]
        unknown = bench.unknown[str(own)[0]]
        # A 304 cannot have a body: it is compared with a success that has none either, if the code can live without.
        bare = own == 304 and not _broken(bench.trial(Asked(success, body_of=status)).behaviour)
        body = status if bare else success
        self.with_own_body = bench.trial(Asked(status))
        with_success_body = bench.trial(Asked(status, body_of=body))
        unknown_own_body = bench.trial(Asked(str(unknown), like=status))
        unknown_success_body = bench.trial(Asked(str(unknown), like=status, body_of=body))
        self.success = bench.trial(Asked(success, body_of=body)).behaviour
        first, second = with_success_body.behaviour, self.with_own_body.behaviour
        #: A client that tried again until it got a success took nothing else for one.
        self.taken = "no" if with_success_body.last != own else _taken(first, self.success, bench.passages)
        self.unknown_taken = (
            "no"
            if unknown_success_body.last != unknown
            else _taken(unknown_success_body.behaviour, self.success, bench.passages)
        )
        self.by_value = differ(with_success_body, unknown_success_body) or differ(self.with_own_body, unknown_own_body)
        self.ends_as_unknown = self.with_own_body.requests == unknown_own_body.requests and _same_end(
            second, unknown_own_body.behaviour
        )
        self.told_inside = _told_inside(second, self.success, bench.passages)
        #: With the documented body, any status of the class gives what a success gives.
        self.body_hides = all(
            (one.ending, one.value) == (self.success.ending, self.success.value)
            for one in (second, unknown_own_body.behaviour)
        )
        #: How it ends: with the documented body, unless it is that body which breaks the code.
        self.end = first if _broken(second) and not _broken(first) else second
        #: True when the code breaks on either body, each time in another way: the status has not raised.
        self.broken = _broken(first) and _broken(second) and first.value != second.value


def _broken(behaviour: Behaviour) -> bool:
    """Say whether an exception that says nothing of the status and that the client did not raise ended the run."""
    return behaviour.ending == "raised" and not behaviour.deliberate and not behaviour.carries


def differ(one: Trial, other: Trial) -> bool:
    """Say whether two runs with the same body did something different."""
    return (
        set(one.behaviour.lines) != set(other.behaviour.lines)
        or _passed(one.behaviour) != _passed(other.behaviour)
        or one.requests != other.requests
        or not _same_end(one.behaviour, other.behaviour)
    )


def _passed(behaviour: Behaviour) -> list[tuple[str, Line]]:
    return [("" if passed.library else passed.kind, passed.line) for passed in behaviour.passed]


def _same_end(one: Behaviour, other: Behaviour) -> bool:
    """Say whether two runs ended alike; which class a library raises for a status is the library's doing."""
    if (one.ending, one.exit, one.effects) != (other.ending, other.exit, other.effects):
        return False
    by_library = all(
        run.ending == "raised" and run.carries and run.passed and run.passed[-1].library for run in (one, other)
    )
    return by_library or one.value == other.value


def _taken(
    one: Behaviour, success: Behaviour, client_passages: Mapping[str, Passages]
) -> Literal["yes", "perhaps", "no"]:
    """Say whether a run with the body of a success took the status for one.

    It did when it gives the caller the value that a success would, or when it skips no line of the success and, if it
    does anything of its own, goes on with lines of the success after that. Lines that run on every way out do not
    count. Perhaps: the lines come after the head of a loop and may belong to another response, or some lines of the
    success are skipped without a word, which may be meant or not; or those that follow leave nothing behind.
    """
    if one.ending == "raised" or success.ending == "raised":
        same = _same_end(one, success) and set(one.lines) == set(success.lines)
        return "yes" if same and not one.carries and not one.deliberate else "no"
    if one.value != success.value or one.carries:
        return "no"
    if success.uses_body and one.uses_body:
        return "yes"
    if one.value != "None":
        # Whoever called it is told what a success would tell.
        return "yes"
    usual = set(success.lines)
    if not usual <= set(one.lines):
        # Nothing is said that a success would not say, or all that it would say last: is that meant? No run can tell.
        says_all = bool(success.effects) and one.effects[-len(success.effects) :] == success.effects
        return "perhaps" if says_all or set(one.effects) <= set(success.effects) else "no"
    if one.effects == success.effects:
        return "yes"
    if not set(success.effects) <= set(one.effects):
        # Something else is said in place of what a success says.
        return "no"
    return _goes_on(one, usual, client_passages)


def _told_inside(one: Behaviour, success: Behaviour, client_passages: Mapping[str, Passages]) -> bool:
    """Say whether all lines of its own, which say something, are in functions that others call."""
    own = [line for line in one.lines if line not in success.lines]
    outermost = {client_passages[line.path].function_at(line.line) for line in one.lines[-1:]}
    return one.effects != success.effects and not any(
        client_passages[line.path].function_at(line.line) in outermost for line in own
    )


def _goes_on(
    one: Behaviour, usual: set[Line], client_passages: Mapping[str, Passages]
) -> Literal["yes", "perhaps", "no"]:
    lines = one.lines
    last_own = max((index for index, line in enumerate(lines) if line not in usual), default=len(lines))
    raised = {passed.line for passed in one.passed}
    after_loop = goes_on = False
    for line in lines[last_own + 1 :]:
        passage = client_passages[line.path]
        if line.line in passage.loops:
            after_loop = True
        elif line.line not in passage.always | passage.bare:
            goes_on = True
            if line.line in passage.traces and line not in raised:
                return "perhaps" if after_loop else "yes"
    # Lines that leave nothing behind: did it go on, or was there nothing left to do?
    return "perhaps" if goes_on else "no"
