"""What running shows of a finding: for each rule, a function that looks for what it says in the runs of one entry.

A function returns None when the entry does not get to the place of the finding: then it shows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.faults.judge import differ, unknown
from errdex.faults.plan import Asked
from errdex.faults.trials import words
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from errdex.faults.prove import Claim, Evidence
    from errdex.faults.trials import Trial


class Found(NamedTuple):
    """What an entry shows of a finding."""

    outcome: Literal["confirmed", "refuted"]
    evidence: str


def _ends_as(verdict: str) -> Callable[[Claim, Evidence], Found | None]:
    """Return the check that every status of the finding has that verdict when it is run."""

    def check(claim: Claim, entry: Evidence) -> Found | None:
        if not entry.covers(claim.api, claim.operation) or not entry.gets_to(claim.path, _lines(claim)):
            return None
        after = entry.before(claim.api, claim.operation, claim.path, _lines(claim))
        judged = {one.status: one for one in entry.judgements(claim.api, claim.operation, after)}
        for status in claim.statuses:
            one = judged[status]
            if verdict not in one.verdicts:
                found = " or ".join(one.verdicts) or "not judged"
                return Found("refuted", f"{status} is {found}: {words(one.trial) if one.trial else one.reason}")
        first = judged[claim.statuses[0]]
        return Found("confirmed", f"with {first.status} it {words(first.trial) if first.trial else first.reason}")

    return check


def _each(claim: Claim, entry: Evidence, holds: Callable[[Trial], bool], says: str) -> Found | None:
    """Confirm what holds for each status of the finding when the documented answer is given."""
    if not entry.covers(claim.api, claim.operation) or not entry.enters(claim.path, claim.line):
        return None
    trials = {status: _documented(claim, entry, status) for status in claim.statuses}
    for status, trial in trials.items():
        if not holds(trial):
            return Found("refuted", f"with {status} it {words(trial)}, not so that {says}")
    status, trial = next(iter(trials.items()))
    return Found("confirmed", f"with {status} {says}; it {words(trial)}")


def _handler(claim: Claim, entry: Evidence) -> Found | None:
    return _each(claim, entry, lambda trial: _was_run(claim, trial), f"the handler in line {claim.line} is run")


def _lets_pass(claim: Claim, entry: Evidence) -> Found | None:
    def passed(trial: Trial) -> bool:
        return trial.behaviour.ending == "raised" and _was_run(claim, trial)

    return _each(claim, entry, passed, f"the handler in line {claim.line} lets it pass")


def _raises_here(claim: Claim, entry: Evidence) -> Found | None:
    def raised(trial: Trial) -> bool:
        return any(line.path == claim.path and line.line in _lines(claim) for _, _, line in trial.behaviour.passed)

    return _each(claim, entry, raised, f"line {claim.line} raises")


def _asserts(claim: Claim, entry: Evidence) -> Found | None:
    def asserted(trial: Trial) -> bool:
        return any(kind == "AssertionError" and line.line in _lines(claim) for kind, _, line in trial.behaviour.passed)

    return _each(claim, entry, asserted, f"the assertion in line {claim.line} fails")


def _never_reached(claim: Claim, entry: Evidence) -> Found | None:
    return _each(claim, entry, lambda trial: not _was_run(claim, trial), f"line {claim.line} is not run")


def _again(claim: Claim, entry: Evidence) -> Found | None:
    return _each(claim, entry, lambda trial: trial.requests > 1, "the request is sent again")


def _shadowed(claim: Claim, entry: Evidence) -> Found | None:
    """Confirm that no documented answer gets to the clause."""
    statuses = tuple(entry.servers[claim.api].plan.responses.get(claim.operation, ()))
    return _never_reached(claim._replace(statuses=statuses), entry)


def _constant(claim: Claim, entry: Evidence) -> Found | None:
    """Confirm that the same line comes after the condition, whatever is answered."""
    if not entry.covers(claim.api, claim.operation) or not entry.enters(claim.path, claim.line):
        return None
    after = {
        behaviour.lines[index + 1].line
        for status in entry.servers[claim.api].plan.responses[claim.operation]
        for behaviour in (_documented(claim, entry, status).behaviour,)
        for index, line in enumerate(behaviour.lines[:-1])
        if line.path == claim.path and line.line in _lines(claim)
    } - set(_lines(claim))
    lines = ", ".join(map(str, sorted(after)))
    if len(after) > 1:
        return Found("refuted", f"lines {lines} come after it")
    return Found(
        "confirmed", f"whatever is answered, line {lines} comes after it" if after else "nothing comes after it"
    )


def _named(claim: Claim, entry: Evidence) -> Found | None:
    """Confirm that the code treats the status otherwise than one of its class that it does not name."""
    if not entry.covers(claim.api, claim.operation) or not entry.enters(claim.path, claim.line):
        return None
    plan = entry.servers[claim.api].plan
    responses = plan.responses[claim.operation]
    success = plan.success(claim.operation)
    others = unknown(responses, entry.client.files.values())
    for status in claim.statuses:
        given = entry.trial(claim.api, claim.operation, Asked(status, body_of=success))
        unlike = str(others.get(status[0], 208))
        other = entry.trial(claim.api, claim.operation, Asked(unlike, like=status, body_of=success))
        if not differ(given, other):
            return Found("refuted", f"{status} is treated as {unlike} is: it {words(given)}")
    return Found("confirmed", f"with {status} it {words(given)}, with {unlike} it {words(other)}")


def _retry_after(claim: Claim, entry: Evidence) -> Found | None:
    """Confirm that the request is sent again, and not after the time that Retry-After asks for."""
    if not entry.covers(claim.api, claim.operation) or not entry.enters(claim.path, claim.line):
        return None
    seconds = 7310
    for status in claim.statuses:
        asked = Asked(status, headers=(("Retry-After", str(seconds)),))
        trial = entry.trial(claim.api, claim.operation, asked)
        if trial.requests < 2 or seconds in trial.behaviour.slept:
            return Found("refuted", f"with {status} it {words(trial)}, and slept for {trial.behaviour.slept}")
    return Found(
        "confirmed", f"told to wait {seconds} seconds, it {words(trial)} and slept for {trial.behaviour.slept}"
    )


def _asked_for(claim: Claim, entry: Evidence) -> Found | None:
    if not entry.covers(claim.api, claim.operation) or not entry.gets_to(claim.path, _lines(claim)):
        return None
    return Found("confirmed", f"it asks for {claim.operation}")


def _no_operation(claim: Claim, entry: Evidence) -> Found | None:
    """Confirm that the server is asked for what is no operation."""
    if not entry.gets_to(claim.path, _lines(claim)):
        return None
    for exchange in entry.asked[claim.api]:
        if exchange.operation is None:
            return Found("confirmed", f"{exchange.method} {exchange.path} is answered with {exchange.status}")
    return Found("refuted", "every request is one of an operation")


def _documented(claim: Claim, entry: Evidence, status: str) -> Trial:
    return entry.trial(claim.api, claim.operation, Asked(status))


def _lines(claim: Claim) -> range:
    return range(claim.line, claim.end_line + 1)


def _was_run(claim: Claim, trial: Trial) -> bool:
    return any(line.path == claim.path and line.line in _lines(claim) for line in trial.behaviour.lines)


PROOFS: Mapping[str, Callable[[Claim, Evidence], Found | None]] = {
    "dropped-status": _ends_as("dropped"),
    "unchecked-response": _ends_as("dropped"),
    "redirect-passes-check": _ends_as("dropped"),
    "collapsed-status": _ends_as("collapsed"),
    "partial-handlers": _lets_pass,
    "broad-except": _handler,
    "empty-body-read": _raises_here,
    "assert-as-check": _asserts,
    "unreachable-branch": _never_reached,
    "shadowed-handler": _shadowed,
    "constant-condition": _constant,
    "undocumented-status": _named,
    "deprecated-status": _named,
    "retry-not-retryable": _again,
    "retry-after-ignored": _retry_after,
    "deprecated-operation": _asked_for,
    "unknown-operation": _no_operation,
    "wrong-method": _no_operation,
}
