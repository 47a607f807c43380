"""What a rule is, what it gets, and how it words a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from errdex.catalogue.naming import anchor
from errdex.catalogue.prose import plain
from errdex.lint.report import Finding, Step, listed, rule_page
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from errdex.catalogue.model import Response
    from errdex.lint.discover import Occurrence
    from errdex.lint.follow import Path
    from errdex.lint.interpreter.machine import Test
    from errdex.lint.report import Confidence, Span
    from errdex.lint.values import Place
    from errdex.lint.verdicts import CheckedCall, StatusFlow

Family = Literal["handling", "operation", "reachability", "masking", "body", "retry", "meta"]


class Facts(NamedTuple):
    """All that a run knows when the rules are asked."""

    calls: tuple[CheckedCall, ...]
    missing: tuple[Occurrence, ...]
    """Requests of no known operation."""
    strict: bool
    ambient: frozenset[str]
    """Statuses that one central handler of the client takes care of."""
    span: Callable[[Place], Span]
    """From the syntax tree's way of counting to people's."""


class Rule(NamedTuple):
    """A rule: its name reads after the word `ignore`."""

    name: str
    family: Family
    summary: str
    """One sentence, lower case, no full stop."""
    check: Callable[[Facts], Iterator[Finding]]


def finding(
    facts: Facts,
    rule: str,
    call: CheckedCall,
    message: str,
    *,
    statuses: Iterable[str] = (),
    place: Place | None = None,
    path: Path | None = None,
    number: int = 0,
) -> Finding:
    """Return a finding about a call: at the call, or at the place in the code that it speaks of."""
    labels = tuple(statuses)
    first = next((flow.response for flow in call.flows if flow.label in labels), None)
    return Finding(
        rule=rule,
        message=message,
        span=facts.span(call.occurrence.site if place is None else place),
        catalogue=call.catalogue.api.id,
        operation=call.operation.id,
        statuses=labels,
        confidence=confidence(call),
        url=page(call, labels) or rule_page(rule),
        witness=() if path is None else tuple(witness(call, path, number)),
        help=() if first is None else tuple(advice(first)),
    )


def confidence(call: CheckedCall) -> Confidence:
    """Return how sure it is that the request is one of the operation."""
    resolution = call.occurrence.resolution
    if resolution.server:
        return "high"
    return "low" if call.occurrence.guessed else "medium"


def page(call: CheckedCall, statuses: tuple[str, ...]) -> str:
    """Return the address of the page about the first of the statuses, empty when the site has none."""
    base = call.catalogue.api.docs_base_url
    if not base:
        return ""
    name = anchor(call.operation.id)
    return f"{base}/codes/{statuses[0]}/#{name}" if statuses else f"{base}/operations/{name}/"


def advice(response: Response) -> Iterator[str]:
    """Yield the response's causes and remedies, a sentence each."""
    for cause in response.causes:
        yield plain(cause.says)
        for remedy in cause.remedies:
            yield plain(remedy.says)
    for remedy in response.remedies:
        yield plain(remedy.says)


def request(call: CheckedCall) -> str:
    """Return what the call asks for: `POST /activity_records/`."""
    resolution = call.occurrence.resolution
    paths = [e.path for e in call.operation.endpoints if e.method == resolution.method] or [
        endpoint.path for endpoint in call.operation.endpoints
    ]
    wanted = resolution.url.partition("?")[0].rstrip("/")
    path = next((path for path in paths if wanted.endswith(path.rstrip("/"))), paths[0])
    return f"{resolution.method} {path}"


def labels(flows: Iterable[StatusFlow]) -> tuple[str, ...]:
    """Return the statuses of the flows."""
    return tuple(flow.label for flow in flows)


def both(statuses: tuple[str, ...], *, verb: str = "are") -> str:
    """Return the words for one, two or more statuses: `it is`, `both are`, `all are`."""
    if len(statuses) == 1:
        return f"it {'is' if verb == 'are' else verb}"
    return f"{'both' if len(statuses) == 2 else 'all'} {verb}"


def wanted(facts: Facts, flow: StatusFlow) -> bool:
    """Return whether the linter asks anything of clients for this status."""
    ambient = not facts.ambient.isdisjoint({flow.label, f"{flow.label[:1]}XX"})
    return flow.response.client != "ignore" and not ambient and not flow.followed


def is_test(flow: StatusFlow) -> bool:
    """Return whether a test function, by the name that pytest and unittest go by, asks for the status."""
    return flow.site.occurrence.root.name.rpartition(".")[2].startswith("test")


def worst_path(flow: StatusFlow) -> Path | None:
    """Return the walk that tells most of what happens: one that returns, else the first."""
    return next((path for path in flow.paths if path.outcome.kind == "returns"), flow.paths[0] if flow.paths else None)


def repeated(call: CheckedCall, flow: StatusFlow) -> bool:
    """Return whether the request is sent again because of a status, and not after a success too (pagination)."""
    if flow.verdict in ("success", "dropped"):
        return False
    evidence = next((found for site, found in call.evidence if site is flow.site), {})
    answers = [evidence[number] for number in flow.site.successes if number in evidence]
    done = [one for one in answers if any(path.outcome.kind == "returns" for path in one.paths)]
    # A success with which the code never comes to its end is one that it waits with: 202, until it is 200.
    successes = [path for one in done or answers for path in one.paths]
    call_line = flow.site.occurrence.site
    once = all(
        path.attempts <= 1
        and not any(line.path == call_line.path and line.line <= call_line.line <= line.end_line for line in path.lines)
        for path in successes
    )
    return any(
        (once and path.attempts > 1) or any(test.kind == "retry" and test.answer is True for test in path.tests)
        for path in flow.paths
    )


def examined(call: CheckedCall) -> bool:
    """Return whether any code looks at the response before taking it for a success."""
    return any(path.tests for _, found in call.evidence for one in found.values() for path in one.paths)


def tests(call: CheckedCall) -> dict[Place, list[tuple[int, Test]]]:
    """Return every question that the code asks about the response, with the status that was supposed, by place."""
    found: dict[Place, list[tuple[int, Test]]] = {}
    for _, evidence in call.evidence:
        for status, one in evidence.items():
            for path in one.paths:
                for test in path.tests:
                    found.setdefault(test.place, []).append((status, test))
    return found


def witness(call: CheckedCall, path: Path, status: int) -> Iterator[Step]:
    """Yield the lines that a status takes through the code."""
    site = call.occurrence.site
    yield Step(site.path, site.line, f"{request(call)} is answered with {status}")
    last = (site.path, site.line)
    for test in path.tests:
        here = (test.place.path, test.place.line)
        if test.kind == "retry" and test.place == call.occurrence.root.place:
            # A policy around the function itself has no line in it.
            continue
        if here != last or test.kind == "value":
            yield Step(*here, _answer(test, status))
            last = here
    end = path.outcome.place
    used = (path.last.path, path.last.line) if path.last is not None else last
    if path.outcome.kind == "returns" and end is not None:
        # The last line that has the answer tells calls through the same helper that they have the same fault.
        if used not in (last, (end.path, end.line)):
            yield Step(*used, f"the answer with {status} is used")
        yield Step(end.path, end.line, f"the answer to {status} is returned")
    elif used != last:
        yield Step(*used, f"{status} ends here")


def _answer(test: Test, status: int) -> str:
    match test.kind:
        case "value" | "assert" if test.named:
            names = listed(tuple(str(one) for one in sorted(test.named)[:6]))
            return f"{status} is compared with {names}"
        case "lookup":
            return f"{status} is looked up and {'found' if test.answer is not None else 'not found'}"
        case "handler":
            return (
                f"the handler takes the exception for {status}"
                if test.answer is not None
                else "the handler lets it pass"
            )
        case "check" | "truth":
            return f"the library's check is {'true' if test.answer else 'false'} for {status}"
        case "raising":
            return f"the library {'raises' if test.answer else 'does not raise'} for {status}"
        case "retry":
            return f"{status} is {'retried' if test.answer else 'not retried'}"
        case _:
            return f"the condition is {'true' if test.answer else 'false'} for {status}"


def whose(call: CheckedCall) -> str:
    """Return the words that a finding about the whole call starts with."""
    return f"{request(call)} can answer"
