"""collapsed-status: a status that clients must handle shares a fallback with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, both, finding, labels, wanted, whose, worst_path
from errdex.lint.rules.sorting import broad_catch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call that lumps statuses together which the catalogue, or --strict, wants apart."""
    for call in facts.calls:
        flows = [
            flow
            for flow in call.flows
            if flow.verdict == "collapsed"
            and wanted(facts, flow)
            and (facts.strict or flow.response.client == "must-handle")
            and broad_catch(flow) is None
            and not flow.silent
        ]
        if flows:
            statuses = labels(flows)
            end = both(statuses, verb="end" if len(statuses) > 1 else "ends")
            message = f"{whose(call)} {listed(statuses)} here, and {end} in a fallback for any error"
            path = worst_path(flows[0])
            yield finding(facts, RULE.name, call, message, statuses=statuses, path=path, number=flows[0].number)


RULE = Rule("collapsed-status", "handling", "a status that clients must handle shares a fallback with others", check)
