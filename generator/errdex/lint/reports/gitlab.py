"""A GitLab Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.lint.fingerprint import fingerprints, relative
from errdex.lint.reports.visible import visible, whole

if TYPE_CHECKING:
    from errdex.lint.report import Finding, Report
    from errdex.lint.reports.context import Context

_SEVERITIES = {"high": "major", "medium": "minor", "low": "info"}


def render(report: Report, context: Context) -> str:
    """Return a JSON array; GitLab knows a finding by its fingerprint, which holds no line number."""
    marks = fingerprints(report.findings, context.lines, context.base)
    issues = [_issue(finding, mark, context) for finding, mark in zip(report.findings, marks, strict=True)]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str, context: Context) -> dict[str, object]:
    return {
        "description": visible(finding.message),
        "check_name": f"errdex/{finding.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.confidence],
        "location": {
            "path": whole(relative(finding.span.path, context.base)),
            "positions": {
                "begin": {"line": finding.span.line, "column": finding.span.column},
                "end": {"line": finding.span.end_line, "column": finding.span.end_column},
            },
        },
    }
