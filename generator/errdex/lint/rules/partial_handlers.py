"""partial-handlers: handlers take some statuses of a call and let others pass that clients must handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, labels, request, wanted, worst_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall, StatusFlow


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call: the statuses that its handlers leave out, at the first of those handlers."""
    for call in facts.calls:
        taken = _taken(call)
        passing: dict[Place, list[StatusFlow]] = {}
        for flow in call.flows:
            if wanted(facts, flow) and (facts.strict or flow.response.client == "must-handle"):
                place = _passed(flow, taken)
                if place is not None:
                    passing.setdefault(place, []).append(flow)
        for place, flows in passing.items():
            statuses = labels(flows)
            message = (
                f"the handlers of {request(call)} here take {listed(taken[place])} and let {listed(statuses)} pass"
            )
            path = worst_path(flows[0])
            yield finding(
                facts, RULE.name, call, message, statuses=statuses, place=place, path=path, number=flows[0].number
            )


def _taken(call: CheckedCall) -> dict[Place, tuple[str, ...]]:
    """Return, for each handler that is asked, the statuses whose exceptions it or a handler beside it takes."""
    asked: dict[Place, set[Place]] = {}
    takes: dict[Place, tuple[str, ...]] = {}
    for flow in call.flows:
        for path in flow.paths:
            handlers = [test for test in path.tests if test.kind == "handler"]
            for test in handlers:
                asked.setdefault(test.place, set()).update(other.place for other in handlers)
                if test.answer is not None and flow.label not in takes.get(test.place, ()):
                    takes[test.place] = (*takes.get(test.place, ()), flow.label)
    found = {}
    for place, beside in asked.items():
        statuses = tuple(flow.label for flow in call.flows if any(flow.label in takes.get(one, ()) for one in beside))
        if statuses:
            found[place] = statuses
    return found


def _passed(flow: StatusFlow, taken: dict[Place, tuple[str, ...]]) -> Place | None:
    """Return the first handler that takes other statuses and lets this one out; None when one takes it, too.

    A handler that takes it and raises it again was thought of.
    """
    if flow.verdict != "delegated" or any(path.outcome.kind != "raises" for path in flow.paths):
        return None
    tests = [test for path in flow.paths for test in path.tests if test.kind == "handler"]
    if any(test.answer is not None for test in tests):
        return None
    return next((test.place for test in tests if flow.label not in taken.get(test.place, (flow.label,))), None)


RULE = Rule("partial-handlers", "handling", "handlers take some statuses of a call and let others pass", check)
