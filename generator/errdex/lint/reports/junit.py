"""JUnit XML, as continuous integration servers read it: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from errdex.lint.fingerprint import relative
from errdex.lint.reports.terminal import summary
from errdex.lint.reports.visible import visible

if TYPE_CHECKING:
    from errdex.lint.report import Finding, Report
    from errdex.lint.reports.context import Context


def render(report: Report, context: Context) -> str:
    """Return an XML document; a run without findings is one passed case, because servers take none for a mistake."""
    plain = context._replace(colour=False)
    failures = str(len(report.findings))
    root = ET.Element("testsuites", name="errdex", failures=failures, errors="0", time=f"{report.seconds:.3f}")
    root.set("tests", failures if report.findings else "1")
    for path, findings in groupby(report.findings, key=lambda finding: finding.span.path):
        root.append(_suite(path, list(findings), plain))
    if not report.findings:
        suite = ET.SubElement(root, "testsuite", name="errdex", tests="1", failures="0", errors="0")
        ET.SubElement(suite, "testcase", classname="errdex", name=summary(report, plain))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, findings: list[Finding], context: Context) -> ET.Element:
    # Characters that XML forbids are not printable either, so that `visible` leaves none.
    name = visible(relative(path, context.base))
    suite = ET.Element("testsuite", name=name, tests=str(len(findings)), failures=str(len(findings)), errors="0")
    for finding in findings:
        place = f"{name}:{finding.span.line}:{finding.span.column}"
        title = f"{finding.rule} at {finding.span.line}:{finding.span.column}"
        case = ET.SubElement(suite, "testcase", classname=name, name=title, file=name, line=str(finding.span.line))
        failure = ET.SubElement(case, "failure", type=finding.rule, message=visible(finding.message))
        steps = (f"{relative(step.path, context.base)}:{step.line}: {step.says}" for step in finding.witness)
        lines = (f"{place}: {finding.rule}: {finding.message}", *steps, *finding.help, finding.url)
        failure.text = "\n".join(visible(line) for line in lines if line)
    return suite
