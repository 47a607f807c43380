"""undocumented-status: code tests for a status that the operation does not document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, request, tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall

#: What proxies and gateways in front of any API answer by themselves (RFC 9110, sections 15.5.8 and 15.6.3 on).
INFRASTRUCTURE = frozenset({407, 408, 502, 504})


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each test of statuses that no operation which reaches it documents.

    A test that several operations share is right when one of them needs it, and a test that also names a documented
    status is taken for a list that was written for several operations.
    """
    reached: dict[Place, list[CheckedCall]] = {}
    named: dict[Place, frozenset[int]] = {}
    for call in facts.calls:
        for place, asked in tests(call).items():
            names = frozenset(n for _, test in asked if test.kind in ("value", "assert") for n in test.named)
            if names and call not in reached.setdefault(place, []):
                reached[place].append(call)
                named[place] = names | named.get(place, frozenset())
    for place, calls in reached.items():
        known = frozenset(flow.number for call in calls for flow in call.flows)
        ranges = frozenset(flow.label[0] for call in calls for flow in call.flows if flow.label.endswith("XX"))
        if any(flow.label == "default" for call in calls for flow in call.flows):
            continue
        unknown = sorted(n for n in named[place] - known if 100 <= n <= 599 and str(n)[0] not in ranges)
        if not unknown or named[place] & (known | INFRASTRUCTURE):
            continue
        statuses = tuple(str(number) for number in unknown)
        operations = listed(tuple(dict.fromkeys(request(call) for call in calls)))
        verb = "does" if len({call.operation.id for call in calls}) == 1 else "do"
        tested = "is" if len(statuses) == 1 else "are"
        message = f"{operations} {verb} not document {listed(statuses)}, which {tested} tested here"
        yield finding(facts, RULE.name, calls[0], message, statuses=statuses, place=place)


RULE = Rule(
    "undocumented-status", "reachability", "code tests for a status that the operation does not document", check
)
