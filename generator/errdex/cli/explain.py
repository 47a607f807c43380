"""`errdex explain`: tell about a status, an operation, both, a problem or a rule, in the terminal and offline."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

from errdex.catalogue.prose import plain
from errdex.errors import UsageError
from errdex.records import NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from errdex.catalogue.model import Catalogue, Cause, Cell, Operation, Problem, Response, Status

LABEL = 9
"""Columns of the label before a fact."""
RETRY = {True: "may be sent again", False: "the same request will fail again", None: ""}
CLIENT = {"must-handle": "have to handle it", "ignore": "need not care", "may-propagate": ""}


class Subject(NamedTuple):
    """What the words mean in one catalogue."""

    catalogue: Catalogue
    statuses: tuple[Status, ...]
    operations: tuple[Operation, ...]
    problems: tuple[Problem, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "words", nargs="+", metavar="WORD", help="a status, an operation, both, a problem or a rule; such as `404`"
    )
    parser.add_argument("--catalogue", action="append", default=[], metavar="FILE", help="where to look it up")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people or for programs")


def run(arguments: argparse.Namespace) -> int:
    """Look the words up and print what is known; UsageError for a word that nobody knows."""
    from errdex.cli import CLEAN, terminal
    from errdex.cli.inputs import catalogue_paths, load_all
    from errdex.cli.rule_pages import rule_page
    from errdex.config import load_config

    words: list[str] = [part for word in arguments.words for part in word.split()]
    pages = {word: page for word in words if (page := rule_page(word))}
    words = [word for word in words if word not in pages]
    subjects: list[Subject] = []
    if words:
        config = load_config()
        catalogues = load_all(catalogue_paths(arguments.catalogue, config), config.cache_dir)
        subjects = [subject for catalogue in catalogues if (subject := find(catalogue, words))]
        if not subjects:
            raise UsageError(_unknown(catalogues, words))
    if arguments.format == "json":
        terminal.write_text(as_json(subjects, pages))
        return CLEAN
    coloured, columns = terminal.is_coloured(sys.stdout), min(terminal.width(sys.stdout), 100)
    blocks = [page.splitlines() for page in pages.values()]
    blocks += [list(block) for subject in subjects for block in told(subject, columns)]
    for number, (head, *lines) in enumerate(blocks):
        title = terminal.bold(terminal.inert(terminal.visible(head)), coloured=coloured)
        print(*[""] * bool(number), title, sep="\n")
        terminal.say(*lines)
    return CLEAN


def find(catalogue: Catalogue, words: Sequence[str]) -> Subject | None:
    """Return what the words mean in the catalogue; None unless every one of them means something there."""
    statuses: dict[str, Status] = {}
    operations: dict[str, Operation] = {}
    problems: dict[str, Problem] = {}
    for word in words:
        found = False
        if status := _status(catalogue, word):
            statuses[status.code] = status
            found = True
        for operation in catalogue.operations:
            names = [operation.id, *(endpoint.path for endpoint in operation.endpoints), *operation.methods]
            if word in names:
                found = True
                if word not in operation.methods:  # a method alone only narrows the others down
                    operations[operation.id] = operation
        for problem in catalogue.problems:
            if word.casefold() in {problem.id.casefold(), (problem.type or "").casefold()}:
                problems[problem.id] = problem
                found = True
        if not found:
            return None
    methods = {word for word in words if any(word in operation.methods for operation in catalogue.operations)}
    chosen = [each for each in operations.values() if not methods or methods & set(each.methods)]
    if not (statuses or chosen or problems):
        return None
    return Subject(catalogue, tuple(statuses.values()), tuple(chosen), tuple(problems.values()))


def told(subject: Subject, columns: int) -> Iterator[Iterator[str]]:
    """Yield a block of lines for each thing that was asked for, its heading first."""
    api = subject.catalogue.api.title
    for status in subject.statuses:
        yield _status_lines(status, [operation.id for operation in subject.operations], api, columns)
    if not subject.statuses:
        for operation in subject.operations:
            yield _operation_lines(subject.catalogue, operation, api, columns)
    for problem in subject.problems:
        yield _problem_lines(subject.catalogue, problem, api, columns)


def as_json(subjects: Iterable[Subject], pages: dict[str, str]) -> str:
    """Return the rows of `errdex export --to json` that were asked for, and the pages of rules, as JSON."""
    import json

    from errdex.catalogue.export import export_json

    answer: dict[str, list[object]] = {"operations": [], "responses": [], "problems": [], "rules": []}
    for subject in subjects:
        whole = json.loads(export_json(subject.catalogue))
        api = subject.catalogue.api.id
        codes = {status.code for status in subject.statuses}
        ids = {operation.id for operation in subject.operations}
        problems = {problem.id for problem in subject.problems}
        answer["operations"] += [{"api": api, **row} for row in whole["operations"] if row["id"] in ids]
        answer["problems"] += [{"api": api, **row} for row in whole["problems"] if row["id"] in problems]
        if codes or ids:
            answer["responses"] += [
                {"api": api, **row}
                for row in whole["responses"]
                if row["status"] in (codes or {row["status"]}) and row["operation"] in (ids or {row["operation"]})
            ]
    answer["rules"] += [{"rule": name, "page": page} for name, page in pages.items()]
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def _status(catalogue: Catalogue, word: str) -> Status | None:
    """Return the status of that code, else the range that it falls into, else `default` for a code."""
    by_code = {status.code.casefold(): status for status in catalogue.statuses}
    code = word.casefold()
    if code in by_code:
        return by_code[code]
    if len(code) == 3 and code.isdecimal() and code[0] in "12345":
        return by_code.get(f"{code[0]}xx") or by_code.get("default")
    return None


def _status_lines(status: Status, operations: Sequence[str], api: str, columns: int) -> Iterator[str]:
    yield f"{status.code} {status.reason}".rstrip() + f" - {api}"
    if status.summary:
        yield from _paragraph(status.summary, 2, columns)
    for cell in status.cells:
        shown = [name for name in cell.operations if not operations or name in operations]
        if shown:
            yield ""
            yield from _paragraph(", ".join(shown), 2, columns)
            yield from _cell_lines(cell, status, columns)


def _cell_lines(cell: Cell, status: Status, columns: int) -> Iterator[str]:
    response = cell.response
    if response.state != "documented":
        yield "    does not happen" if response.state == "not-applicable" else "    nothing is said about it"
        return
    if response.reason and response.reason != status.reason:
        yield from _fact("reason", response.reason, columns)
    for prose in (response.summary, response.detail):
        if prose and prose != status.summary:
            yield from _paragraph(prose, 4, columns)
    yield from _fact("body", _body(response), columns)
    yield from _fact("headers", ", ".join(header.name for header in response.headers), columns)
    yield from _fact("retry", RETRY[response.retryable], columns)
    yield from _fact("clients", CLIENT[response.client], columns)
    yield from _cause_lines(response.causes, columns)
    for remedy in response.remedies:
        yield from _fact("remedy", remedy.says, columns)
    yield from _fact("problems", ", ".join(problem.id for problem in response.problems), columns)
    yield from _fact("since", response.since, columns)
    yield from _fact("see", response.doc_url or ", ".join(response.related), columns)
    yield from _fact("said in", str(response.location), columns)


def _operation_lines(catalogue: Catalogue, operation: Operation, api: str, columns: int) -> Iterator[str]:
    yield f"{operation.id}: {operation.title} - {api}"
    for endpoint in operation.endpoints:
        yield f"  {endpoint.method} {endpoint.path}"
    if operation.summary:
        yield from _paragraph(operation.summary, 2, columns)
    for limit in operation.limits:
        yield from _fact("limit", limit, columns)
    if operation.deprecated:
        yield from _fact("outdated", f"since {operation.deprecated.since}".removesuffix("since "), columns)
    yield ""
    for response in catalogue.responses():
        if response.operation == operation.id and response.state == "documented":
            yield from _fact(response.status, ": ".join(filter(None, [response.reason, response.summary])), columns)
    yield ""
    yield from _fact("said in", str(operation.location), columns)


def _problem_lines(catalogue: Catalogue, problem: Problem, api: str, columns: int) -> Iterator[str]:
    yield f"{problem.id}: {problem.title} - {api}"
    if problem.says:
        yield from _paragraph(problem.says, 2, columns)
    yield from _fact("type", problem.type or "", columns)
    yield from _fact("retry", RETRY[problem.retryable], columns)
    yield from _cause_lines(problem.causes, columns)
    for remedy in problem.remedies:
        yield from _fact("remedy", remedy.says, columns)
    for response in catalogue.responses():
        if any(each.id == problem.id for each in response.problems):
            yield from _fact("comes as", f"{response.status} of {response.operation}", columns)
    yield from _fact("said in", str(problem.location), columns)


def _cause_lines(causes: Sequence[Cause], columns: int) -> Iterator[str]:
    for cause in causes:
        yield from _fact("cause", cause.says, columns)
        for remedy in cause.remedies:
            yield from _fact("", f"=> {plain(remedy.says)}", columns)


def _body(response: Response) -> str:
    body = response.body
    if body is None:
        return "not documented"
    if body.kind == "empty":
        return "empty"
    return plain(body.says) or f"{body.kind} ({', '.join(body.media_types)})"


def _fact(label: str, prose: str, columns: int) -> Iterator[str]:
    """Yield a labelled fact, wrapped; nothing when there is none."""
    if prose:
        yield from _wrapped(plain(prose), f"    {label:<{LABEL}}", " " * (4 + LABEL), columns)


def _paragraph(prose: str, indent: int, columns: int) -> Iterator[str]:
    yield from _wrapped(plain(prose), " " * indent, " " * indent, columns)


def _wrapped(text: str, first: str, others: str, columns: int) -> list[str]:
    return textwrap.wrap(
        text, columns, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def _unknown(catalogues: Sequence[Catalogue], words: Sequence[str]) -> str:
    from errdex.catalogue.suggest import suggestion
    from errdex.cli.rule_pages import rule_names

    known = [*rule_names()]
    for catalogue in catalogues:
        known += [status.code for status in catalogue.statuses]
        known += [operation.id for operation in catalogue.operations]
        known += [problem.id for problem in catalogue.problems]
    alone = [word for word in words if not any(find(catalogue, [word]) for catalogue in catalogues)]
    if not alone:
        return f"no catalogue knows {' and '.join(words)} together"
    where = ", ".join(catalogue.path for catalogue in catalogues)
    return f"{where} says nothing of {alone[0]!r}{suggestion(alone[0], known)}"
