"""The report as JSON, for programs: a contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from errdex.lint.fingerprint import relative
from errdex.lint.reports.visible import whole

if TYPE_CHECKING:
    from errdex.lint.report import Report, Span
    from errdex.lint.reports.context import Context


def render(report: Report, context: Context) -> str:
    """Return one JSON object, all of it ASCII: a console of any encoding can carry it."""
    document = {
        "findings": [
            {
                "rule": finding.rule,
                "message": whole(finding.message),
                **_span(finding.span, context),
                "catalogue": finding.catalogue,
                "operation": finding.operation,
                "statuses": list(finding.statuses),
                "confidence": finding.confidence,
                "url": finding.url,
            }
            for finding in report.findings
        ],
        "calls": [
            {
                **_start(call.span, context),
                "catalogue": call.catalogue,
                "operation": call.operation,
                "method": call.method,
                "url": whole(call.url),
                "verdicts": dict(call.verdicts),
            }
            for call in report.calls
        ],
        "unresolved": [{**_start(call.span, context), "reason": whole(call.reason)} for call in report.unresolved],
        "summary": {
            "files": report.files,
            "calls": len(report.calls) + len(report.unresolved),
            "resolved": len(report.calls),
            "findings": len(report.findings),
            "seconds": round(report.seconds, 3),
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _start(span: Span, context: Context) -> dict[str, str | int]:
    return {"path": whole(relative(span.path, context.base)), "line": span.line, "column": span.column}


def _span(span: Span, context: Context) -> dict[str, str | int]:
    return {**_start(span, context), "end_line": span.end_line, "end_column": span.end_column}
