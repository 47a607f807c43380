"""The comments of snippets: read as they are meant, and compared without mercy."""

from __future__ import annotations

import pytest

from errdex.lint.report import Finding, Span
from tests.lint.expectations import Expectation, disagreements, expectations


def finding(line: int, rule: str = "dropped-status", *statuses: str) -> Finding:
    return Finding(rule, "413 is treated as success", Span("a.py", line, 5, line, 9), "api", "op", statuses, "high", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # an error\n", []),
        ("x = 1  # error: [broad-except]\n", [(1, "broad-except", set(), "")]),
        ("x = 1  # error: [dropped-status: 413, 503]\n", [(1, "dropped-status", {"413", "503"}, "")]),
        ('x  # error: [dropped-status: 4XX] "treated as"\n', [(1, "dropped-status", {"4XX"}, "treated as")]),
        ("# error: [a]\n# error: [b: 1]\n# why\nx\n", [(4, "a", set(), ""), (4, "b", {"1"}, "")]),
        ("if x:\n    # error: [a]\n    y\n", [(3, "a", set(), "")]),
    ],
)
def test_comments(text: str, expected: list[tuple[int, str, set[str], str]]) -> None:
    assert [tuple(each[1:]) for each in expectations("a.py", text)] == expected


@pytest.mark.parametrize("comment", ["# error [a]", "# error: a", "# error: [a: ]", "# error: [A]", "# errors"])
def test_comments_that_cannot_be_understood(comment: str) -> None:
    with pytest.raises(ValueError, match=r"a\.py:1: cannot be understood"):
        list(expectations("a.py", f"x  {comment}\n"))


def test_agreement_is_exact() -> None:
    expected = Expectation("a.py", 3, "dropped-status", frozenset({"413"}), "as success")
    assert disagreements([expected], [finding(3, "dropped-status", "413")]) == []
    for other in (
        finding(4, "dropped-status", "413"),
        finding(3, "wrong-method", "413"),
        finding(3, "dropped-status", "413", "503"),
        finding(3, "dropped-status"),
    ):
        assert len(disagreements([expected], [other])) == 2
    assert len(disagreements([expected._replace(part="as failure")], [finding(3, "dropped-status", "413")])) == 2
    assert disagreements([], [finding(3, "dropped-status", "413")]) == [
        "not expected: a.py:3: [dropped-status: 413] 413 is treated as success"
    ]
    assert disagreements([expected], []) == ['not found: a.py:3: [dropped-status: 413] "as success"']
    assert len(disagreements([expected], [finding(3, "dropped-status", "413")] * 2)) == 1
