"""SARIF 2.1.0, as GitHub code scanning and other platforms read it.

Addresses of files are relative, so that no name of a user or a folder leaves the machine, and platforms find the
file in the repository: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from errdex.lint.fingerprint import fingerprints, line_of, relative
from errdex.lint.report import Span, rule_page
from errdex.lint.reports.visible import visible
from errdex.lint.rules import RULES

if TYPE_CHECKING:
    from errdex.lint.report import Finding, Report, Step, Unresolved
    from errdex.lint.reports.context import Context
    from errdex.lint.rules.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"high": "error", "medium": "warning", "low": "note"}
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")


def render(report: Report, context: Context) -> str:
    """Return a SARIF log of one run."""
    names = [rule.name for rule in RULES]
    marks = fingerprints(report.findings, context.lines, context.base)
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "errdex",
                "version": context.version,
                "rules": [*map(_rule, RULES)],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the folder that errdex ran in"}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    _notification(call, context) for call in report.unresolved if context.show_unresolved
                ],
            }
        ],
        "results": [
            _result(finding, names.index(finding.rule), mark, context)
            for finding, mark in zip(report.findings, marks, strict=True)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def plain_text(text: str) -> str:
    """Return the text as a SARIF message shows it: not as a link (3.11.6), nor as a placeholder (3.11.5).

    The standard would have every brace doubled; consumers show the pair, and `/repos/{{owner}}` reads badly. So
    only what can be taken for a placeholder is doubled.
    """
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", visible(text)))


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": {"text": plain_text(rule.summary)},
        "helpUri": rule_page(rule.name),
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding, index: int, fingerprint: str, context: Context) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.confidence],
        "message": {"text": plain_text("\n".join((finding.message, *finding.help)).replace("\n", " "))},
        "locations": [_location(finding.span, context)],
        "partialFingerprints": {"errdexFinding/v1": fingerprint},
        "properties": {
            "catalogue": finding.catalogue,
            "operation": finding.operation,
            "statuses": list(finding.statuses),
            "confidence": finding.confidence,
            "url": finding.url,
        },
    }
    if finding.witness:
        steps = [{"location": _step(step, context)} for step in finding.witness]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    return result


def _notification(call: Unresolved, context: Context) -> dict[str, object]:
    text = plain_text(f"the operation of this call cannot be known: {call.reason}")
    return {"level": "note", "message": {"text": text}, "locations": [_location(call.span, context)]}


def _location(span: Span, context: Context) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    uri = quote(relative(span.path, context.base), safe="/", errors="surrogateescape")
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region},
    }


def _step(step: Step, context: Context) -> dict[str, object]:
    line = line_of(context.lines, step.path, step.line)
    start = len(line) - len(line.lstrip()) + 1
    span = Span(step.path, step.line, start, step.line, max(len(line.rstrip()), start) + 1)
    return _location(span, context) | {"message": {"text": plain_text(step.says)}}
