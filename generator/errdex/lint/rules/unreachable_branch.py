"""unreachable-branch: a test names a documented status that never gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each test none of whose documented statuses reaches it, from any call."""
    reached: dict[Place, set[int]] = {}
    named: dict[Place, set[int]] = {}
    first: dict[Place, CheckedCall] = {}
    unsure: set[tuple[Place, int]] = set()
    for call in facts.calls:
        documented = {flow.number for flow in call.flows}
        for _, found in call.evidence:
            for status, evidence in found.items():
                if not evidence.complete:
                    unsure.add((call.occurrence.site, status))
                for path in evidence.paths:
                    for test in path.tests:
                        if test.kind not in ("value", "assert"):
                            continue
                        first.setdefault(test.place, call)
                        named.setdefault(test.place, set()).update(test.named & documented)
                        if not path.followed:
                            reached.setdefault(test.place, set()).add(status)
    for place, wanted in named.items():
        call = first[place]
        undecided = any((call.occurrence.site, number) in unsure for number in wanted)
        if wanted and not undecided and not wanted & reached.get(place, set()):
            statuses = tuple(str(number) for number in sorted(wanted))
            verb = "does" if len(statuses) == 1 else "do"
            message = f"{listed(statuses)} of {request(call)} {verb} not get to this test"
            yield finding(facts, RULE.name, call, message, statuses=statuses, place=place)


RULE = Rule("unreachable-branch", "reachability", "a test names a documented status that never gets there", check)
