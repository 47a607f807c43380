"""constant-condition: a condition about the status that is the same for every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.rules.rule import Rule, finding, request, tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each condition that cannot be otherwise: wrong types, and error responses taken as true."""
    seen: set[tuple[str, int]] = set()
    for call in facts.calls:
        for _, found in call.evidence:
            for evidence in found.values():
                for path in evidence.paths:
                    for place, why in path.constants:
                        if place[:2] not in seen:
                            seen.add(place[:2])
                            yield finding(facts, RULE.name, call, f"{why} ({request(call)})", place=place)
    # A response of requests is false for 400 and above: in a handler of errors that is every response. A function that
    # several calls share is judged by all of them.
    first: dict[Place, CheckedCall] = {}
    otherwise: set[Place] = set()
    for call in facts.calls:
        surely = all(evidence.complete for _, found in call.evidence for evidence in found.values())
        for place, asked in tests(call).items():
            first.setdefault(place, call)
            if not surely or any(test.kind != "truth" or test.answer is not False for _, test in asked):
                otherwise.add(place)
    for place, call in first.items():
        if place not in otherwise and place[:2] not in seen:
            seen.add(place[:2])
            message = f"the response of {request(call)} is false for every status that gets here"
            yield finding(facts, RULE.name, call, message, place=place)


RULE = Rule("constant-condition", "reachability", "a condition about the status is the same for every answer", check)
