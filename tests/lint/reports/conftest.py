"""One report that has everything, for every format."""

from __future__ import annotations

import pytest

from errdex.lint.report import Call, Finding, Report, Span, Step, Unresolved
from errdex.lint.reports.context import Context

FILES = {
    "app/write.py": (
        "import requests",
        "",
        "def write(session, batch):",
        "    reply = session.post(URL, json=batch)",
        "    if reply.status_code == 401:",
        "        raise LoginNeeded",
        "    return reply.text",
    ),
    "app/api.py": ("def fetch(method, path):", "    r = requests.request(method, BASE + path)", "    return r.json()"),
}

WRITE = Finding(
    rule="dropped-status",
    message="POST /activity_records/ can answer 413 and 503 here, and both are treated as success",
    span=Span("app/write.py", 4, 13, 4, 42),
    catalogue="netwrix-auditor",
    operation="write-activity-records",
    statuses=("413", "503"),
    confidence="high",
    url="https://example.org/codes/413/#write-activity-records",
    witness=(
        Step("app/write.py", 4, "the answer arrives"),
        Step("app/write.py", 5, "413 is not 401, goes on"),
        Step("app/write.py", 7, "the body is read"),
    ),
    help=("The posted file is larger than the server takes.", "Send at most 1,000 records and 50 MB at a time."),
)


def helper_finding(path: str, line: int, operation: str, *statuses: str) -> Finding:
    return Finding(
        rule="dropped-status",
        message=f"{operation} can answer {' and '.join(statuses)} here, and it is treated as success",
        span=Span(path, line, 5, line, 20),
        catalogue="netwrix-auditor",
        operation=operation,
        statuses=statuses,
        confidence="high",
        url="",
        witness=(Step(path, line, "the answer arrives"), Step("app/api.py", 3, "the body is read")),
    )


REPORT = Report(
    findings=(
        WRITE,
        Finding(
            rule="unread-file",
            message="the file cannot be checked: permission denied",
            span=Span("app/secret.py", 1, 1, 1, 2),
            catalogue="",
            operation="",
            statuses=(),
            confidence="high",
            url="",
        ),
    ),
    calls=(
        Call(
            Span("app/write.py", 4, 13, 4, 42),
            "netwrix-auditor",
            "write-activity-records",
            "POST",
            "https://{}:9699/netwrix/api/v1/activity_records/",
            (("200", "success"), ("401", "delegated"), ("413", "dropped"), ("503", "dropped")),
        ),
    ),
    unresolved=(Unresolved(Span("app/poll.py", 9, 5, 9, 30), "the URL is read from the environment"),),
    files=12,
    seconds=0.12345,
)


@pytest.fixture
def report() -> Report:
    return REPORT


@pytest.fixture
def empty() -> Report:
    return Report((), (), (), files=1, seconds=0.0)


@pytest.fixture
def flood() -> Report:
    findings = [helper_finding(f"app/use{n % 2}.py", n + 1, f"operation-{n % 3}", "429", "500") for n in range(12)]
    return Report((*findings, WRITE), (), (), files=3, seconds=0.0)


@pytest.fixture
def context() -> Context:
    return Context(lines=lambda path: FILES.get(path, ()), version="1.2.3")
