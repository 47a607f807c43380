"""deprecated-operation: the operation that a call asks for is deprecated or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.rules.rule import Rule, finding, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call of such an operation."""
    for call in facts.calls:
        operation = call.operation
        if operation.removed:
            yield finding(facts, RULE.name, call, f"{request(call)} was removed in {operation.removed}")
        elif operation.deprecated is not None:
            since = f" since {operation.deprecated.since}" if operation.deprecated.since else ""
            use = f"; its successor is {operation.deprecated.use}" if operation.deprecated.use else ""
            yield finding(facts, RULE.name, call, f"{request(call)} is deprecated{since}{use}")


RULE = Rule("deprecated-operation", "operation", "the operation that a call asks for is deprecated or removed", check)
