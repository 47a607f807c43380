"""Reports as plain data for JSON, and back: what is not one is a ValueError."""

from __future__ import annotations

from errdex.lint.report import Call, Finding, Report, Span, Step, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def packed(report: Report) -> list[Any]:
    """Return the report as lists, texts and numbers."""
    return [report.findings, report.calls, report.unresolved, report.files]


def unpacked(document: Any) -> Report:  # noqa: ANN401
    """Return the report that was packed; ValueError or TypeError when it is none."""
    findings, calls, unresolved, files = document
    return Report(
        findings=tuple(map(_finding, findings)),
        calls=tuple(map(_call, calls)),
        unresolved=tuple(Unresolved(_span(span), _text(reason)) for span, reason in unresolved),
        files=_number(files),
        seconds=0.0,
    )


def _finding(row: Any) -> Finding:  # noqa: ANN401
    rule, message, span, catalogue, operation, statuses, confidence, url, witness, words = row
    if confidence not in {"high", "medium", "low"}:
        raise ValueError(confidence)
    return Finding(
        rule=_text(rule),
        message=_text(message),
        span=_span(span),
        catalogue=_text(catalogue),
        operation=_text(operation),
        statuses=_texts(statuses),
        confidence=confidence,
        url=_text(url),
        witness=tuple(Step(_text(path), _number(line), _text(says)) for path, line, says in witness),
        help=_texts(words),
    )


def _call(row: Any) -> Call:  # noqa: ANN401
    span, catalogue, operation, method, url, verdicts = row
    return Call(
        span=_span(span),
        catalogue=_text(catalogue),
        operation=_text(operation),
        method=_text(method),
        url=_text(url),
        verdicts=tuple((_text(status), verdict) for status, verdict in verdicts),
    )


def _span(row: Any) -> Span:  # noqa: ANN401
    path, *numbers = row
    return Span(_text(path), *map(_number, numbers))


def _texts(row: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(_text, row))


def _text(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:  # noqa: ANN401
    if not isinstance(value, int):
        raise TypeError(value)
    return value
