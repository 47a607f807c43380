"""unknown-operation: the URL is the API's, but no operation has that path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import Finding, rule_page
from errdex.lint.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.rules.rule import Facts


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each request to a path of the API that its catalogue does not have."""
    for one in facts.missing:
        resolution = one.resolution
        if resolution.kind != "unknown-operation" or resolution.catalogue is None:
            continue
        near = f"; {resolution.reason}" if resolution.reason else ""
        title = resolution.catalogue.api.title
        url = resolution.url.partition("?")[0]
        yield Finding(
            rule=RULE.name,
            message=f"{resolution.method or 'a request'} {url} is no operation of {title}{near}",
            span=facts.span(one.site),
            catalogue=resolution.catalogue.api.id,
            operation="",
            statuses=(),
            confidence="high" if resolution.server else "medium",
            url=resolution.catalogue.api.docs_base_url or rule_page(RULE.name),
        )


RULE = Rule("unknown-operation", "operation", "the URL is the API's, but no operation has that path", check)
