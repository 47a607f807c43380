"""What the linter says about checkouts of real projects: a table of counts, and findings and verdicts to read by hand.

    python benchmarks/accuracy.py --catalogue API... [--limit SECONDS] [--findings N] [--fine N] [--seed N]
        [--server API=URL] CHECKOUT...

Each checkout is checked in a process of its own, which is stopped after that much processor time. `--findings` and
`--fine` print that many findings, and that many statuses of resolved calls that no finding names, drawn evenly from
the checkouts, each with the code around it, so that a person can say whether it is right. Equal seeds draw equal
samples.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from errdex.catalogue.compiled import load_cached
from errdex.lint.report import listed
from errdex.lint.run import Settings, check
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from errdex.lint.report import Call, Report, Verdict

_One = TypeVar("_One")

#: Lines shown before and after a call that is to be read.
CONTEXT = (12, 25)


class Checked(NamedTuple):
    """A checkout and what the run said of it."""

    name: str
    report: Report | None
    """None when the run did not end well."""
    problem: str
    """Why not: `stopped after 300 s`, or the exception."""
    seconds: float
    """Of processor time."""


def checked(checkout: str, settings: Settings, limit: int) -> Checked:
    """Check a folder in a process of its own, so that neither a crash nor a hang ends the others."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = context.Process(target=_check, args=(theirs, settings._replace(paths=(checkout,)), limit))
    process.start()
    theirs.close()
    try:
        answer: Report | str = ours.recv()
    except EOFError:
        answer = ""
    process.join()
    if process.exitcode == -signal.SIGXCPU:
        answer = f"stopped after {limit} s"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name = Path(checkout).name
    if isinstance(answer, str):
        return Checked(name, None, answer or f"ended with {process.exitcode}", seconds)
    return Checked(name, answer, "", seconds)


def _check(answer: Connection, settings: Settings, limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    try:
        answer.send(check(settings))
    except BaseException as error:  # noqa: BLE001 - told in the table
        answer.send(f"{type(error).__name__}: {error}"[:200])


def fine(report: Report) -> Iterator[tuple[Call, str, Verdict]]:
    """Yield the statuses of resolved calls that no finding names."""
    named = {(finding.span, finding.operation, status) for finding in report.findings for status in finding.statuses}
    for call in report.calls:
        for status, verdict in call.verdicts:
            if verdict != "success" and (call.span, call.operation, status) not in named:
                yield call, status, verdict


HEAD = """\
| checkout | files | seconds | resolved | unresolved | findings | fine statuses | remark |
|---|---|---|---|---|---|---|---|"""


def row(result: Checked) -> str:
    """Return a checkout's line of the table."""
    name, report, problem, seconds = result
    if report is None:
        return f"| {name} | | {seconds:.0f} | | | | | {problem} |"
    unread = sum(finding.rule == "unread-file" for finding in report.findings)
    return (
        f"| {name} | {report.files} | {seconds:.1f} | {len(report.calls)} | {len(report.unresolved)} | "
        f"{len(report.findings) - unread} | {sum(1 for _ in fine(report))} | {_unread(unread)} |"
    )


def _unread(count: int) -> str:
    return f"{count} file{'s' * (count != 1)} not read" if count else ""


def by_rule(results: Sequence[Checked]) -> Iterator[str]:
    """Yield how often each rule spoke."""
    found = Counter(finding.rule for result in results if result.report for finding in result.report.findings)
    yield "| rule | findings |"
    yield "|---|---|"
    yield from (f"| {rule} | {count} |" for rule, count in found.most_common())


def samples(results: Sequence[Checked], findings: int, verdicts: int, seed: int) -> Iterator[str]:
    """Yield findings and fine statuses with their code, as many from each checkout as there are."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    told = [
        [
            f"FINDING {f.rule}: {f.message}\n" + "".join(f"    {s.path}:{s.line} {s.says}\n" for s in f.witness)
            + excerpt(f.span.path, f.span.line)
            for f in _shuffled(draw, (f for f in result.report.findings if f.rule != "unread-file"))
        ]
        for result in results
        if result.report
    ]  # fmt: skip
    yield from _evenly(told, findings)
    kept = [
        [
            f"FINE {call.operation} ({call.method} {call.url}): {status} is {verdict}; all: "
            + listed([f"{s} {v}" for s, v in call.verdicts]) + "\n" + excerpt(call.span.path, call.span.line)
            for call, status, verdict in _shuffled(draw, fine(result.report))
        ]
        for result in results
        if result.report
    ]  # fmt: skip
    yield from _evenly(kept, verdicts)


def _shuffled(draw: random.Random, values: Iterator[_One]) -> list[_One]:
    listed_values = list(values)
    return draw.sample(listed_values, len(listed_values))


def _evenly(lists: list[list[str]], most: int) -> Iterator[str]:
    """Yield one of each list in turn until there are enough."""
    turns = (one[turn] for turn in range(max(map(len, lists), default=0)) for one in lists if turn < len(one))
    for _, one in zip(range(most), turns, strict=False):
        yield one


def excerpt(path: str, line: int) -> str:
    """Return the code around a line, numbered."""
    with open(path, encoding="utf-8", errors="replace") as stream:
        text = stream.read().splitlines()
    first = max(0, line - 1 - CONTEXT[0])
    shown = enumerate(text[first : line + CONTEXT[1]], first + 1)
    return f"{path}:{line}\n" + "".join(f"{'>' if n == line else ' '}{n:5} {source}\n" for n, source in shown)


def main(arguments: Sequence[str]) -> int:
    """Print the tables and the samples; return 1 when a run did not end well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--catalogue", action="append", required=True)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--findings", type=int, default=0)
    parser.add_argument("--fine", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--server", action="append", default=[], help="where clients reach an API, too: API=URL")
    parser.add_argument("checkout", nargs="+")
    asked = parser.parse_args(arguments)
    catalogues = tuple(load_cached(path, os.path.join(os.getcwd(), ".errdex_cache")) for path in asked.catalogue)
    named = [tuple(server.split("=", 1)) for server in asked.server]
    servers = tuple((api, tuple(url for name, url in named if name == api)) for api in {name for name, _ in named})
    settings = Settings(paths=(), catalogues=catalogues, servers=servers)
    results = []
    print(HEAD)
    for checkout in asked.checkout:
        results.append(checked(checkout, settings, asked.limit))
        print(row(results[-1]), flush=True)
    print("", *by_rule(results), "", sep="\n")
    for one in samples(results, asked.findings, asked.fine, asked.seed):
        print(one)
    return any(result.report is None for result in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
