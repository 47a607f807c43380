"""empty-body-read: a document is read from a body that is documented to be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.lint.report import listed
from errdex.lint.rules.rule import Rule, finding, request, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.lint.follow import Path
    from errdex.lint.report import Finding
    from errdex.lint.rules.rule import Facts
    from errdex.lint.values import Place
    from errdex.lint.verdicts import StatusFlow

#: Headers that an empty body lacks, or that say that it is empty (RFC 9110, sections 8.3 and 8.6).
_TELLING = frozenset({"header content-type", "header content-length"})


def check(facts: Facts) -> Iterator[Finding]:
    """Yield one finding for each place that decodes bodies before the statuses without one were set aside.

    A success is no exception: Netwrix answers a write with 200 and nothing. Statuses that the code takes for a
    success anyway are told of by dropped-status and unchecked-response, unless they are all that is wrong.
    """
    for call in facts.calls:
        read: dict[Place, list[StatusFlow]] = {}
        for flow in call.flows:
            if flow.number not in flow.site.empty or not wanted(facts, flow):
                continue
            if flow.verdict == "dropped":
                continue
            for place in dict.fromkeys(place for path in flow.paths for place in _decoded(path)):
                read.setdefault(place, []).append(flow)
        for place, flows in read.items():
            statuses = tuple(flow.label for flow in flows)
            bodies = "an empty body" if len(statuses) == 1 else "empty bodies"
            verb = "is" if len(statuses) == 1 else "are"
            message = f"{request(call)} answers {listed(statuses)} with {bodies}, which {verb} decoded here"
            yield finding(
                facts,
                RULE.name,
                call,
                message,
                statuses=statuses,
                place=place,
                path=flows[0].paths[0],
                number=flows[0].number,
            )


def _decoded(path: Path) -> Iterator[Place]:
    """Yield where a body is decoded although nothing has asked what it is: its type or length tells that it is none."""
    for read in path.reads:
        if read.form in _TELLING:
            return
        if read.form in ("json", "xml") and not read.guarded:
            yield read.place


RULE = Rule("empty-body-read", "body", "a document is read from a body that is documented to be empty", check)
