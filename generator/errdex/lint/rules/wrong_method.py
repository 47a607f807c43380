"""wrong-method: the path is an operation's, the method is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import Finding, rule_page
from errdex.lint.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each request whose path takes other methods than its own."""
    for one in facts.missing:
        resolution = one.resolution
        if resolution.kind != "wrong-method" or resolution.catalogue is None or resolution.operation is None:
            continue
        yield Finding(
            rule=RULE.name,
            message=f"{resolution.method} is no method of that path: {resolution.reason}",
            span=facts.span(one.site),
            catalogue=resolution.catalogue.api.id,
            operation=resolution.operation.id,
            statuses=(),
            confidence="high" if resolution.server else "medium",
            url=resolution.catalogue.api.docs_base_url or rule_page(RULE.name),
        )


RULE = Rule("wrong-method", "operation", "the path is an operation's, the method is not", check)
