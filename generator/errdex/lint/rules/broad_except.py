"""broad-except: a handler of everything hides documented statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, request, wanted, worst_path
from errdex.lint.rules.sorting import broad_catch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.interpreter.machine import Catch
    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall, StatusFlow


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each handler and call: the statuses that it takes like any other error."""
    for call in facts.calls:
        hidden: dict[Place, list[StatusFlow]] = {}
        for flow in call.flows:
            catch = broad_catch(flow)
            if catch is not None and wanted(facts, flow) and _hides(facts, call, flow, catch):
                hidden.setdefault(catch.place, []).append(flow)
        for place, flows in hidden.items():
            statuses = tuple(flow.label for flow in flows)
            them = "it" if len(statuses) == 1 else "them"
            message = (
                f"{request(call)} can answer {listed(statuses)}, and this handler takes {them} like any other error"
            )
            path = worst_path(flows[0])
            yield finding(
                facts, RULE.name, call, message, statuses=statuses, place=place, path=path, number=flows[0].number
            )


def _hides(facts: Facts, call: CheckedCall, flow: StatusFlow, catch: Catch) -> bool:
    """Return whether nothing is left of the status: no look at the exception, and no answer of yes or no."""
    if flow.verdict == "dropped" or flow.silent:
        return True
    if flow.verdict != "collapsed":
        return False
    if facts.strict or flow.response.client == "must-handle":
        return True
    if _is_predicate(flow):
        return False
    # A handler that looks at the exception may be the boundary that every program needs; one that answers the caller
    # with an empty value is not.
    return not catch.named or _answers_with_nothing(flow)


def _is_predicate(flow: StatusFlow) -> bool:
    """Return whether the failure is answered with False: a question that only wants yes or no."""
    values = [path.outcome.value for path in flow.paths if path.outcome.kind == "returns"]
    return bool(values) and all(isinstance(value, tuple) and value[0] == "bool" for value in values)


def _answers_with_nothing(flow: StatusFlow) -> bool:
    """Return whether a `return` of the handler gives the caller None or an empty value in place of an answer."""
    values = [
        path.outcome.value for path in flow.paths if path.outcome.kind == "returns" and path.outcome.place is not None
    ]
    return bool(values) and all(value in _NOTHING for value in values)


_NOTHING = (
    ("NoneType", None),
    ("list", False),
    ("tuple", False),
    ("set", False),
    ("dict",),
    ("str", ""),
    ("bytes", b""),
)

RULE = Rule("broad-except", "masking", "a handler of everything hides documented statuses", check)
