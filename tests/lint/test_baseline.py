"""The baseline: what it accepts, what is new beside it, and when it is stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.errors import ConfigError
from errdex.lint.baseline import baseline_of, compared, pruned, read_baseline, told, written
from errdex.lint.report import Finding, Span

if TYPE_CHECKING:
    from errdex.lint.baseline import Baseline

SOURCE = ["import requests", "", "reply = post(a)", "    reply  =  post(a)", "reply = post(b)"]


def lines(_path: str) -> list[str]:
    return SOURCE


def finding(line: int, *statuses: str, rule: str = "dropped-status", path: str = "a.py") -> Finding:
    message = "POST /x can answer 413 and 503 here, and both are treated as success"
    return Finding(rule, message, Span(path, line, 1, line, 9), "api", "op", statuses, "high", "")


def accepting(*findings: Finding) -> Baseline:
    return baseline_of(findings, lines)


def test_what_is_accepted_is_not_new() -> None:
    findings = [finding(3, "413", "503"), finding(5, "413"), finding(1, rule="unread-file")]
    assert compared(findings, accepting(*findings), lines) == ((), {})


def test_the_line_does_not_matter_and_blanks_do_not() -> None:
    assert compared([finding(4, "413")], accepting(finding(3, "413")), lines) == ((), {})


@pytest.mark.parametrize(
    "other",
    [
        finding(5, "413"),
        finding(3, "404"),
        finding(3, "413", rule="unchecked-response"),
        finding(3, "413", path="b.py"),
        finding(3),
    ],
)
def test_what_differs_is_new_and_the_entry_stale(other: Finding) -> None:
    baseline = accepting(finding(3, "413"))
    assert compared([other], baseline, lines) == ((other,), baseline)


def test_equal_findings_are_counted() -> None:
    once = accepting(finding(3, "413"))
    twice = accepting(finding(3, "413"), finding(4, "413"))
    assert compared([finding(3, "413"), finding(4, "413")], once, lines).new == (finding(4, "413"),)
    assert compared([finding(3, "413")], twice, lines).stale == once


def test_a_status_more_is_new_by_itself() -> None:
    ((new,), stale) = compared([finding(3, "413", "503")], accepting(finding(3, "503")), lines)
    assert new.statuses == ("413",)
    assert new.message == "POST /x can answer 413 here, and it is treated as success"
    assert stale == {}


def test_a_status_less_is_stale_by_itself() -> None:
    result = compared([finding(3, "503")], accepting(finding(3, "413", "503")), lines)
    assert result.new == ()
    assert result.stale == accepting(finding(3, "413"))
    assert told(result.stale) == ["a.py: dropped-status: 413 is accepted and not found: reply = post(a)"]
    assert pruned(accepting(finding(3, "413", "503")), result.stale) == accepting(finding(3, "503"))


def test_what_was_not_looked_at_is_not_stale() -> None:
    baseline = accepting(finding(3, "413"), finding(3, "413", path="b.py"))
    result = compared([], baseline, lines, looked_at=lambda key: key.path == "b.py")
    assert [key.path for key in result.stale] == ["b.py"]


def test_paths_are_relative_to_the_base() -> None:
    there = baseline_of([finding(3, "413", path="/home/me/project/src/a.py")], lines, "/home/me/project")
    here = [finding(3, "413", path="/srv/ci/src/a.py")]
    assert compared(here, there, lines, "/srv/ci") == ((), {})


def test_the_file_is_made_for_review() -> None:
    baseline = accepting(finding(5, "413"), finding(4, "413"), finding(3, "503", "413"), finding(1, rule="unread-file"))
    assert written(baseline) == (
        "{\n"
        '  "errdex-baseline": 1,\n'
        '  "findings": [\n'
        '    {"path": "a.py", "rule": "dropped-status", "catalogue": "api", "operation": "op", '
        '"statuses": {"413": 2, "503": 1}, "count": 0, "source": "reply = post(a)"},\n'
        '    {"path": "a.py", "rule": "dropped-status", "catalogue": "api", "operation": "op", '
        '"statuses": {"413": 1}, "count": 0, "source": "reply = post(b)"},\n'
        '    {"path": "a.py", "rule": "unread-file", "catalogue": "api", "operation": "op", '
        '"statuses": {}, "count": 1, "source": "import requests"}\n'
        "  ]\n"
        "}\n"
    )
    assert written(accepting()) == '{\n  "errdex-baseline": 1,\n  "findings": []\n}\n'


@given(
    st.lists(
        st.builds(
            finding,
            st.integers(1, 6),
            st.sampled_from(["404", "5XX", "default"]),
            rule=st.sampled_from(["dropped-status", "wrong-method"]),
            path=st.text(min_size=1),
        )
    )
)
def test_what_is_written_is_read_again(findings: list[Finding]) -> None:
    baseline = accepting(*findings)
    text = written(baseline)
    assert text.isascii()
    assert read_baseline("baseline.json", text) == baseline
    assert written(read_baseline("baseline.json", text)) == text
    assert compared(findings, read_baseline("baseline.json", text), lines) == ((), {})


ENTRY = {"path": "a", "rule": "r", "catalogue": "c", "operation": "o", "statuses": {"1": 1}, "count": 0, "source": "s"}


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        "text",
        {"errdex-baseline": 2, "findings": []},
        {"errdex-baseline": 1},
        {"errdex-baseline": 1, "findings": {"a": 1}},
        {"errdex-baseline": 1, "findings": [{}]},
        {"errdex-baseline": 1, "findings": [ENTRY | {"statuses": ["413"]}]},
        {"errdex-baseline": 1, "findings": [ENTRY | {"statuses": {"413": 0}}]},
        {"errdex-baseline": 1, "findings": [ENTRY | {"count": "1"}]},
        {"errdex-baseline": 1, "findings": [ENTRY | {"path": None}]},
    ],
)
def test_what_is_no_baseline_cannot_be_used(document: object) -> None:
    with pytest.raises(ConfigError, match=r"^baseline\.json: the baseline"):
        read_baseline("baseline.json", json.dumps(document))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"errdex-baseline": 1, "findings": ['])
def test_what_is_no_json_cannot_be_used(text: str) -> None:
    with pytest.raises(ConfigError, match="the baseline"):
        read_baseline("baseline.json", text)
