"""redirect-passes-check: a documented 3xx passes a check that is meant for errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, both, finding, labels, whose, worst_path
from errdex.lint.rules.sorting import dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call whose check lets redirects through (requests and aiohttp: below 400 is ok)."""
    for call in facts.calls:
        flows = dropped(facts, call, "redirect-passes-check")
        if flows:
            statuses = labels(flows)
            passing = both(statuses, verb="pass" if len(statuses) > 1 else "passes")
            message = f"{whose(call)} {listed(statuses)} here, and {passing} the check for errors"
            path = worst_path(flows[0])
            yield finding(facts, RULE.name, call, message, statuses=statuses, path=path, number=flows[0].number)


RULE = Rule("redirect-passes-check", "handling", "a documented 3xx passes a check that is meant for errors", check)
