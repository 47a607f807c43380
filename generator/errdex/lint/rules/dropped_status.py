"""dropped-status: a documented status reaches code that takes it for a success, or is silently discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, both, examined, finding, labels, whose, worst_path
from errdex.lint.rules.sorting import dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call that looks at the status but not closely enough."""
    for call in facts.calls:
        flows = dropped(facts, call, "dropped-status")
        if not flows or not examined(call):
            continue
        statuses = labels(flows)
        lost = "silently discarded" if all(flow.silent for flow in flows) else "treated as success"
        message = f"{whose(call)} {listed(statuses)} here, and {both(statuses)} {lost}"
        path = worst_path(flows[0])
        yield finding(facts, RULE.name, call, message, statuses=statuses, path=path, number=flows[0].number)


RULE = Rule("dropped-status", "handling", "a documented status is treated as success or silently discarded", check)
