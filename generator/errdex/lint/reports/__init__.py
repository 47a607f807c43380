"""A report as text, in one of the formats that people and programs read: one module for each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, assert_never, get_args

if TYPE_CHECKING:
    from errdex.lint.report import Report
    from errdex.lint.reports.context import Context

Format = Literal["full", "concise", "json", "sarif", "github", "gitlab", "junit"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(name: Format, report: Report, context: Context) -> str:
    """Return the report in that format, ending in a newline; each file's lines are asked for once."""
    context = context._replace(lines=cache(context.lines))
    match name:
        case "full":
            from errdex.lint.reports import full

            return full.render(report, context)
        case "concise":
            from errdex.lint.reports import concise

            return concise.render(report, context)
        case "json":
            from errdex.lint.reports import json

            return json.render(report, context)
        case "sarif":
            from errdex.lint.reports import sarif

            return sarif.render(report, context)
        case "github":
            from errdex.lint.reports import github

            return github.render(report, context)
        case "gitlab":
            from errdex.lint.reports import gitlab

            return gitlab.render(report, context)
        case "junit":
            from errdex.lint.reports import junit

            return junit.render(report, context)
        case _:
            assert_never(name)
