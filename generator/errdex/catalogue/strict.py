"""What a catalogue leaves open: allowed, and worth a look before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.prose import links_of
from errdex.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.catalogue.model import Catalogue, Response
    from errdex.catalogue.model import Problem as NamedProblem
    from errdex.errors import Location


def validate_strict(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return what the catalogue does not say, and what it says that nothing uses, in the order of its files."""
    found = [*_unsaid(catalogue), *_unused(catalogue), *_bare(catalogue), *_alike(catalogue)]
    found.sort(key=lambda problem: problem.location)
    return tuple(_with_lines(dict.fromkeys(found)))


def _unsaid(catalogue: Catalogue) -> Iterator[Problem]:
    """Say which operations a status is silent about."""
    if not catalogue.statuses:
        yield Problem(catalogue.api.location, "no status is documented")
    for status in catalogue.statuses:
        missing = [id_ for cell in status.cells if cell.response.state == "unsaid" for id_ in cell.operations]
        if missing:
            noun = "operation" if len(missing) == 1 else "operations"
            named = ", ".join(f"'{id_}'" for id_ in missing[:5]) + (
                f" and {len(missing) - 5} more" if missing[5:] else ""
            )
            yield Problem(status.location, f"{status.code} is unsaid for the {noun} {named}")
    for operation in catalogue.operations:
        if not any(
            cell.response.state == "documented" and status.code[0] in "123d"
            for status in catalogue.statuses
            for cell in status.cells
            if operation.id in cell.operations
        ):
            yield Problem(operation.location, f"operation '{operation.id}' has no status of success")


def _unused(catalogue: Catalogue) -> Iterator[Problem]:
    responses = [cell.response for status in catalogue.statuses for cell in status.cells]
    bodies = {response.body.id for response in responses if response.body}
    problems = {problem.id for response in responses for problem in response.problems}
    records: list[Response | NamedProblem] = [*responses]
    records += [problem for problem in catalogue.problems if problem.id in problems]
    causes = {cause.id for record in records for cause in record.causes}
    remedies = {remedy.id for record in records for remedy in record.remedies}
    remedies |= {remedy.id for record in records for cause in record.causes for remedy in cause.remedies}
    links = {link.ref for prose in _prose(catalogue) for link in links_of(prose)}
    sections: list[tuple[str, Iterable[tuple[str, Location]], set[str]]] = [
        ("body", ((body.id, body.location) for body in catalogue.bodies), bodies),
        ("problem", ((problem.id, problem.location) for problem in catalogue.problems), problems),
        ("cause", ((cause.id, cause.location) for cause in catalogue.causes), causes),
        ("remedy", ((remedy.id, remedy.location) for remedy in catalogue.remedies), remedies),
        ("link", ((link.id, link.location) for link in catalogue.links), links),
    ]
    for noun, declared, used in sections:
        for id_, location in declared:
            if id_ not in used:
                yield Problem(location, f"{noun} '{id_}' is not used")


def _bare(catalogue: Catalogue) -> Iterator[Problem]:
    """Say which documented responses say nothing, and which problems are only named."""
    declared = {problem.id for problem in catalogue.problems}
    for status in catalogue.statuses:
        for cell in status.cells:
            response = cell.response
            if response.state != "documented":
                continue
            if not (response.summary or response.detail or response.causes):
                whom = f"'{cell.group or cell.operations[0]}'" if len(cell.operations) == 1 or cell.group else "all"
                yield Problem(response.location, f"{status.code} for {whom} has no summary, no detail and no cause")
            if response.body is None:
                yield Problem(response.location, f"{status.code} for '{response.operation}' has no body")
            for problem in response.problems:
                if declared and problem.id not in declared:
                    yield Problem(problem.location, f"problem '{problem.id}' is named and not described")


def _alike(catalogue: Catalogue) -> Iterator[Problem]:
    """Say which operations a request cannot tell apart."""
    seen: dict[tuple[str, str], tuple[str, Location]] = {}
    for operation in catalogue.operations:
        for endpoint in operation.endpoints:
            template = "{}".join(part.rpartition("}")[2] for part in endpoint.path.split("{"))
            first, location = seen.setdefault((endpoint.method, template), (operation.id, endpoint.location))
            if location != endpoint.location:
                message = f"'{endpoint.method} {endpoint.path}' of '{operation.id}' is an endpoint of '{first}' too"
                yield Problem(endpoint.location, f"{message}, in line {location.line}")


def _prose(catalogue: Catalogue) -> Iterator[str]:
    yield catalogue.api.summary
    yield from catalogue.notes
    for operation in catalogue.operations:
        yield operation.summary
        yield from operation.limits
    yield from (body.says for body in catalogue.bodies)
    yield from (cause.says for cause in catalogue.causes)
    yield from (remedy.says for remedy in catalogue.remedies)
    for problem in catalogue.problems:
        yield problem.says
        yield from _prose_beside(problem)
    for status in catalogue.statuses:
        yield status.summary
        for response in (cell.response for cell in status.cells):
            yield response.summary
            yield response.detail
            yield from (header.says for header in response.headers)
            yield from _prose_beside(response)


def _prose_beside(record: Response | NamedProblem) -> Iterator[str]:
    for cause in record.causes:
        yield cause.says
        yield from (remedy.says for remedy in cause.remedies)
    yield from (remedy.says for remedy in record.remedies)


def _with_lines(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems with the lines that they speak of, where these can still be read."""
    lines: dict[str, list[str]] = {}
    for problem in problems:
        path, number, column = problem.location
        if path not in lines:
            lines[path] = _lines(path)
        line = lines[path][number - 1] if 0 < number <= len(lines[path]) else ""
        word = line[max(column - 1, 0) :].split(":")[0].split(",")[0]
        yield problem._replace(source=line, length=max(1, len(word)))


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:
            return [line.rstrip("\r") for line in file.read().split("\n")]
    except OSError:
        return []
