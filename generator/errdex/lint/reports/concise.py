"""One line for each finding, or for each group of findings that have one cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import grouped
from errdex.lint.reports.terminal import ending, head, text_of
from errdex.lint.reports.visible import inert, visible

if TYPE_CHECKING:
    from errdex.lint.report import Report
    from errdex.lint.reports.context import Context


def render(report: Report, context: Context) -> str:
    """Return `path:line:column: rule: message` lines, then the summary."""
    return inert(
        text_of(
            [
                *map(visible, report.trace),
                *(head(group, context) for group in grouped(report.findings)),
                *ending(report, context),
            ]
        )
    )
