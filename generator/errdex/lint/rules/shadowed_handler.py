"""shadowed-handler: an except clause comes after one that takes everything it would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.rules.rule import Rule, finding, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each handler that the exceptions of the call's statuses never reach."""
    seen: set[Place] = set()
    for call in facts.calls:
        for _, found in call.evidence:
            for evidence in found.values():
                for path in evidence.paths:
                    for late, early in path.shadowed:
                        if late not in seen:
                            seen.add(late)
                            first = f"the handler in line {early.line} takes them first"
                            message = f"the errors of {request(call)} never get here: {first}"
                            yield finding(facts, RULE.name, call, message, place=late)


RULE = Rule("shadowed-handler", "reachability", "an except clause comes after one that takes all it would take", check)
