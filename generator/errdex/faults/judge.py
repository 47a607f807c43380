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
from typing import TYPE_CHECKING, Literal, NamedTuple

from errdex.faults.answers import documented, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from errdex.catalogue.model import Response
    from errdex.faults.answers import Answer
    from errdex.faults.observe import Behaviour, Line
    from errdex.faults.passages import Passages

Observed = Literal["discriminated", "delegated", "collapsed", "dropped"]


class Trial(NamedTuple):
    """One run: what the server answered to the operation, and what the client did."""

    behaviour: Behaviour
    requests: int
    """How often the client asked for the operation."""
    last: int
    """The status that the operation answered last; 0 when the client never asked for it."""
    followed: bool
    """True when the client followed a redirect of this answer by itself."""


class Judgement(NamedTuple):
    """What happens to one documented status."""

    status: str
    verdicts: tuple[Observed, ...]
    """The verdict, the likeliest first; more than one when the runs cannot tell which of them it is."""
    reason: str
    """Why, in one line."""
    trial: Trial | None
    """The run with the documented answer; None when the client never asked for the operation."""


def judge(
    run: Callable[[Answer], Trial],
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


class _Bench:
    """The runs that judging needs, each made once."""

    def __init__(
        self,
        run: Callable[[Answer], Trial],
        responses: Mapping[str, Response],
        sources: Iterable[str],
        client_passages: Mapping[str, Passages],
    ) -> None:
        self._run = run
        self._trials: dict[Answer, Trial] = {}
        self.passages = client_passages
        self.answers = {status: documented(responses, status) for status in responses}
        self.successes = [answer for status, answer in self.answers.items() if status.startswith("2")]
        taken = {number(responses, status) for status in responses}
        named = {int(word) for source in sources for word in re.findall(r"\b[3-5]\d\d\b", source)}
        self.unknown = {
            digit: next((status for status in statuses if status not in taken | named), statuses[0])
            for digit, statuses in _UNKNOWN.items()
        }

    def trial(self, answer: Answer) -> Trial:
        if answer not in self._trials:
            self._trials[answer] = self._run(answer)
        return self._trials[answer]


def _judged(bench: _Bench, status: str) -> Judgement:
    own = bench.answers[status]
    trial = bench.trial(own)
    if not trial.requests:
        return Judgement(status, (), "the client does not ask for this operation", None)
    if trial.followed:
        return Judgement(status, ("delegated",), "the library follows the redirect before the code sees it", trial)
    views = [_View(bench, own, success) for success in bench.successes]
    taken = next((view for view in views if view.taken == "yes"), None)
    if taken is not None and taken.unknown_taken:
        return _after_body(taken, status, trial)
    if taken is not None:
        return Judgement(status, ("discriminated",), "taken for a success, as no unknown status is", trial)
    view = views[0]
    shared: Observed = "delegated" if view.end.ending == "raised" or view.end.carries else "collapsed"
    if all(one.by_value for one in views):
        also = (shared,) if view.ends_as_unknown else ()
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
    return Judgement(status, ("dropped",), "treated as a success is, and so is any unknown status", trial)


class _View:
    """A status seen against one success and against an unknown status of its class."""

    def __init__(self, bench: _Bench, own: Answer, success: Answer) -> None:
        if own.status == 304:
            # It cannot have a body: compare with a success that has none either.
            success = success._replace(headers=own.headers, body=own.body)
        swapped = own._replace(headers=_typed(own, success), body=success.body)
        unknown = bench.unknown[str(own.status)[0]]
        self.with_own_body = bench.trial(own)
        with_success_body = bench.trial(swapped)
        unknown_own_body = bench.trial(own._replace(status=unknown))
        unknown_success_body = bench.trial(swapped._replace(status=unknown))
        self.success = bench.trial(success).behaviour
        first, second = with_success_body.behaviour, self.with_own_body.behaviour
        #: A client that tried again until it got a success took nothing else for one.
        self.taken = "no" if with_success_body.last != own.status else _taken(first, self.success, bench.passages)
        self.unknown_taken = (
            unknown_success_body.last == unknown
            and _taken(unknown_success_body.behaviour, self.success, bench.passages) == "yes"
        )
        self.by_value = _differ(with_success_body, unknown_success_body) or _differ(
            self.with_own_body, unknown_own_body
        )
        self.ends_as_unknown = self.with_own_body.requests == unknown_own_body.requests and _same_end(
            second, unknown_own_body.behaviour
        )
        #: How it ends: with the documented body, unless it is that body which breaks the code.
        self.end = first if _broken(second) and not _broken(first) else second
        #: True when the code breaks on either body, each time in another way: the status has not raised.
        self.broken = _broken(first) and _broken(second) and first.value != second.value


def _broken(behaviour: Behaviour) -> bool:
    """Say whether an exception that says nothing of the status and that the client did not raise ended the run."""
    return behaviour.ending == "raised" and not behaviour.deliberate and not behaviour.carries


def _typed(own: Answer, success: Answer) -> tuple[tuple[str, str], ...]:
    """Return the status's own headers with the Content-Type of the success."""
    kept = tuple(pair for pair in own.headers if pair[0].lower() != "content-type")
    return (*kept, *(pair for pair in success.headers if pair[0].lower() == "content-type"))


def _differ(one: Trial, other: Trial) -> bool:
    return (
        set(one.behaviour.lines) != set(other.behaviour.lines)
        or one.behaviour.passed != other.behaviour.passed
        or one.requests != other.requests
        or not _same_end(one.behaviour, other.behaviour)
    )


def _same_end(one: Behaviour, other: Behaviour) -> bool:
    return (one.ending, one.value, one.exit, one.effects) == (other.ending, other.value, other.exit, other.effects)


def _taken(
    one: Behaviour, success: Behaviour, client_passages: Mapping[str, Passages]
) -> Literal["yes", "perhaps", "no"]:
    """Say whether a run with the body of a success took the status for one.

    It did when it gives the caller the body as a success would, or when it skips no line of the success and, if it
    does anything of its own, goes on with lines of the success after that. Lines that run on every way out do not
    count; lines after the head of a loop may belong to another response: perhaps.
    """
    if one.ending == "raised" or success.ending == "raised":
        same = _same_end(one, success) and set(one.lines) == set(success.lines)
        return "yes" if same and not one.carries and not one.deliberate else "no"
    if one.value != success.value or one.carries:
        return "no"
    if success.uses_body and one.uses_body:
        return "yes"
    usual = set(success.lines)
    if not usual <= set(one.lines):
        return "no"
    if one.effects == success.effects:
        return "yes"
    return _goes_on(one.lines, usual, client_passages)


def _goes_on(
    lines: tuple[Line, ...], usual: set[Line], client_passages: Mapping[str, Passages]
) -> Literal["yes", "perhaps", "no"]:
    last_own = max((index for index, line in enumerate(lines) if line not in usual), default=len(lines))
    after_loop = False
    for line in lines[last_own + 1 :]:
        passage = client_passages[line.path]
        if line.line in passage.loops:
            after_loop = True
        elif line.line not in passage.always:
            return "perhaps" if after_loop else "yes"
    return "no"
