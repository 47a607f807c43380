"""retry-not-retryable: a request is sent again after a status that a second try cannot mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, repeated, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call that is repeated for statuses which the catalogue says are not retryable."""
    for call in facts.calls:
        flows = [flow for flow in call.flows if flow.response.retryable is False and repeated(call, flow)]
        if flows:
            statuses = tuple(flow.label for flow in flows)
            message = f"{request(call)} is sent again after {listed(statuses)}, which no second try can mend"
            yield finding(facts, RULE.name, call, message, statuses=statuses)


RULE = Rule("retry-not-retryable", "retry", "a request is sent again after a status that is not retryable", check)
