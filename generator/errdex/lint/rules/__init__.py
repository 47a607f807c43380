"""The rules: each a function from facts to findings, in a file of its own.

Adding one: a file here, its line in `RULES`, and a page in docs/rules/ whose examples are its tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.rules import (
    assert_as_check,
    broad_except,
    collapsed_status,
    constant_condition,
    deprecated_operation,
    deprecated_status,
    dropped_status,
    empty_body_read,
    partial_handlers,
    redirect_passes_check,
    retry_after_ignored,
    retry_not_retryable,
    shadowed_handler,
    unchecked_response,
    undocumented_status,
    unknown_operation,
    unreachable_branch,
    wrong_method,
)
from errdex.lint.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts


def _told_elsewhere(_: Facts) -> Iterator[Finding]:
    """Yield nothing: the run itself reports these, for files and comments instead of calls."""
    yield from ()


RULES: tuple[Rule, ...] = (
    dropped_status.RULE,
    collapsed_status.RULE,
    partial_handlers.RULE,
    unchecked_response.RULE,
    redirect_passes_check.RULE,
    undocumented_status.RULE,
    deprecated_status.RULE,
    unknown_operation.RULE,
    wrong_method.RULE,
    deprecated_operation.RULE,
    unreachable_branch.RULE,
    shadowed_handler.RULE,
    constant_condition.RULE,
    broad_except.RULE,
    assert_as_check.RULE,
    empty_body_read.RULE,
    retry_not_retryable.RULE,
    retry_after_ignored.RULE,
    Rule("unused-ignore", "meta", "a comment leaves out findings that are not there", _told_elsewhere),
    Rule("unread-file", "meta", "a file cannot be read or parsed", _told_elsewhere),
)

NAMES = frozenset(rule.name for rule in RULES)
"""Every rule's name."""
