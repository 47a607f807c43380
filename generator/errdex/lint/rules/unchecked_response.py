"""unchecked-response: nothing looks at the status before the response is used or forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, labels, whose, worst_path
from errdex.lint.rules.sorting import dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.verdicts import CheckedCall


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call whose response nobody examines."""
    for call in facts.calls:
        flows = dropped(facts, call, "unchecked-response")
        if flows and (not call.occurrence.guessed or _is_read(call)):
            statuses = labels(flows)
            message = f"{whose(call)} {listed(statuses)} here, and nothing looks at the status"
            path = worst_path(flows[0])
            yield finding(facts, RULE.name, call, message, statuses=statuses, path=path, number=flows[0].number)


def _is_read(call: CheckedCall) -> bool:
    """Return whether the answer is read like a response; what only looks like a request may raise by itself."""
    return any(path.reads for _, found in call.evidence for one in found.values() for path in one.paths)


RULE = Rule("unchecked-response", "handling", "nothing looks at the status of a response", check)
