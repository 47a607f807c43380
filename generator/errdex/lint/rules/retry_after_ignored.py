"""retry-after-ignored: a request is sent again without a look at the Retry-After that comes with the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, repeated, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.follow import Path
    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts

_HEADER = "header retry-after"


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each call that is repeated for statuses with a documented Retry-After (RFC 9110, 10.2.3).

    urllib3's Retry honours the header by itself.
    """
    for call in facts.calls:
        flows = [
            flow
            for flow in call.flows
            if repeated(call, flow)
            and any(header.name.lower() == "retry-after" for header in flow.response.headers)
            and any(_sent_again(path) and not any(read.form == _HEADER for read in path.reads) for path in flow.paths)
        ]
        if flows:
            statuses = tuple(flow.label for flow in flows)
            message = f"{request(call)} says with {listed(statuses)} when to try again, and nothing reads Retry-After"
            yield finding(facts, RULE.name, call, message, statuses=statuses)


def _sent_again(path: Path) -> bool:
    """Return whether a loop or a decorator repeats the request; urllib3's Retry names the statuses it repeats."""
    return path.attempts > 1 or any(
        test.kind == "retry" and test.answer is True and not test.named for test in path.tests
    )


RULE = Rule("retry-after-ignored", "retry", "a request is sent again without a look at Retry-After", check)
