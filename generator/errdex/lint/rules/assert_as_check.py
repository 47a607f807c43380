"""assert-as-check: only an assertion stands between a status and success, and `python -O` removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, is_test, request, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import StatusFlow


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each assertion that is a call's only check of some statuses; tests are to assert."""
    for call in facts.calls:
        held: dict[Place, list[StatusFlow]] = {}
        for flow in call.flows:
            if flow.verdict == "success" or not wanted(facts, flow) or is_test(flow):
                continue
            for place in dict.fromkeys(
                test.place
                for path in flow.paths
                if path.outcome.kind == "raises" and "AssertionError" in str(path.outcome.value)
                for test in path.tests
                if test.kind == "assert"
            ):
                held.setdefault(place, []).append(flow)
        for place, flows in held.items():
            statuses = tuple(flow.label for flow in flows)
            them = "it" if len(statuses) == 1 else "them"
            message = f"{request(call)} can answer {listed(statuses)}, and only an assertion tells {them} from success"
            yield finding(facts, RULE.name, call, message, statuses=statuses, place=place)


RULE = Rule("assert-as-check", "masking", "only an assertion stands between a status and success", check)
