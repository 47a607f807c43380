"""deprecated-status: code tests for a status that the operation will not answer for long, or answers no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.rules.rule import Rule, finding, request, tests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each test of a deprecated or removed status."""
    for call in facts.calls:
        old = {flow.number: flow.response for flow in call.flows if flow.response.deprecated or flow.response.removed}
        seen: set[tuple[Place, int]] = set()
        for place, asked in tests(call).items():
            for number in sorted({n for _, test in asked if test.kind in ("value", "lookup") for n in test.named}):
                if number not in old or (place, number) in seen:
                    continue
                seen.add((place, number))
                response = old[number]
                if response.removed:
                    says = f"was removed in {response.removed}"
                else:
                    since = response.deprecated.since if response.deprecated is not None else ""
                    use = response.deprecated.use if response.deprecated is not None else ""
                    says = (
                        "is deprecated"
                        + (f" since {since}" if since else "")
                        + (f"; {use} takes its place" if use else "")
                    )
                message = f"{response.status} of {request(call)} {says}"
                yield finding(facts, RULE.name, call, message, statuses=(response.status,), place=place)


RULE = Rule("deprecated-status", "reachability", "code tests for a status that is deprecated or removed", check)
