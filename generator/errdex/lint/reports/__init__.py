"""A report as text, in one of the formats that people and programs read: one module for each."""

from __future__ import annotations

from functools import cache
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from errdex.lint.report import Report
    from errdex.lint.reports.context import Context

    Format = Literal["full", "concise", "json", "sarif", "github", "gitlab", "junit"]

FORMATS: tuple[Format, ...] = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")


def render(name: Format, report: Report, context: Context) -> str:
    """Return the report in that format, ending in a newline; each file's lines are asked for once."""
    context = context._replace(lines=cache(context.lines))
    text: str = import_module(f"errdex.lint.reports.{name}").render(report, context)
    return text
