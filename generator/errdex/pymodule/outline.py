"""What goes into the module: each class with its bases, its sentence and its attributes, ready for the templates.

What is said alike for every operation stands once, on the class of the status; a class of an operation has only
what is its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from errdex.catalogue.class_names import documented_responses, known_problems, module_names
from errdex.catalogue.naming import anchor, class_name
from errdex.catalogue.prose import plain
from errdex.catalogue.reasons import reason_phrase
from errdex.pymodule.literals import Call, Name
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errdex.catalogue.class_names import ErrorName, ModuleNames
    from errdex.catalogue.model import Body, Catalogue, Cause, Problem, Remedy, Response, Status
    from errdex.pymodule.literals import Value

Attributes = tuple[tuple[str, "Value"], ...]
Path = tuple[str, ...]


class ErrorClass(NamedTuple):
    """An exception class of the module."""

    name: str
    bases: tuple[str, ...]
    says: str
    """The first line of its docstring."""
    paragraphs: tuple[str, ...]
    """The rest of its docstring: catalogue text."""
    status: int | None
    """The one status code that it stands for."""
    attributes: Attributes


class OperationErrors(NamedTuple):
    """An operation and the classes of its documented errors."""

    id: str
    member: str
    """Its name in `Operation`."""
    union: str
    """The name of the union of its errors; empty when it has none."""
    types: str
    """The name of the type of what `errors_of` returns; empty when it has no errors."""
    errors: tuple[ErrorClass, ...]
    documented: tuple[str, ...]
    """Those of the classes that stand for a documented response; the others are derived from them."""
    table: tuple[tuple[str, str], ...]
    """(status, class), what a response's status is looked up in: an exact code, `4XX` or `default`."""
    tag: str
    """What it is filed under when the module is a package; may be empty."""


class ProblemMember(NamedTuple):
    """A member of `Problem`."""

    name: str
    id: str
    """As it stands in a body."""
    facts: Call


class Outline(NamedTuple):
    """Everything that is written into the module."""

    names: ModuleNames
    title: str
    """The API's title and version."""
    statuses: tuple[ErrorClass, ...]
    """Classes of one status and any operation, bases before what is derived from them."""
    operations: tuple[OperationErrors, ...]
    problems: tuple[ProblemMember, ...]
    problem_uris: tuple[tuple[str, str], ...]
    """(RFC 9457 type, the problem's id)."""
    json_paths: tuple[Path, ...]
    xml_paths: tuple[Path, ...]
    request_id_header: str


def outline(catalogue: Catalogue) -> Outline:
    """Return what the module of a catalogue consists of.

    Raises CatalogueError when two facts of the catalogue would share a name.
    """
    catalogue = catalogue._replace(problems=known_problems(catalogue))
    names = module_names(catalogue)
    members = {member.value: member.name for member in names.problems}
    said = _said(catalogue, members)
    statuses = {status.code: status for status in catalogue.statuses}
    shared = {code: _shared(status, catalogue, said) for code, status in statuses.items() if code.isdecimal()}
    paths = tuple(dict.fromkeys(path for body in _bodies(catalogue) for path in body.problem))
    return Outline(
        names=names,
        title=" ".join(filter(None, (catalogue.api.title, catalogue.api.version))),
        statuses=tuple(
            _of_status(error, statuses[error.status], shared[error.status])
            for error in names.errors
            if not error.operation and error.status.isdecimal()
        ),
        operations=tuple(_operations(catalogue, names, said, statuses, shared)),
        problems=tuple(
            ProblemMember(members[problem.id], problem.id, _facts(problem, catalogue)) for problem in catalogue.problems
        ),
        problem_uris=tuple((problem.type, problem.id) for problem in catalogue.problems if problem.type),
        json_paths=tuple(tuple(path.split(".")) for kind, path in paths if kind == "json"),
        xml_paths=tuple(_xml_path(path) for kind, path in paths if kind == "xml"),
        request_id_header=catalogue.api.request_id_header.lower(),
    )


def _operations(
    catalogue: Catalogue,
    names: ModuleNames,
    said: dict[tuple[str, str], Said],
    statuses: dict[str, Status],
    shared: dict[str, Attributes],
) -> Iterator[OperationErrors]:
    errors: dict[str, list[ErrorName]] = {operation.id: [] for operation in catalogue.operations}
    for error in names.errors:
        if error.operation:
            errors[error.operation].append(error)
    for operation, member in zip(catalogue.operations, names.operations, strict=True):
        own = errors[operation.id]
        yield OperationErrors(
            id=operation.id,
            member=member.name,
            union=class_name(operation.id, "Errors") if own else "",
            types=class_name(operation.id, "ErrorTypes") if own else "",
            errors=tuple(
                _of_operation(
                    error,
                    statuses.get(error.status),
                    shared.get(error.status, DEFAULTS),
                    None if error.is_variant else said[error.operation, error.status],
                )
                for error in own
            ),
            documented=tuple(error.name for error in own if not error.is_variant),
            table=tuple((error.status, error.name) for error in own),
            tag=operation.tags[0] if operation.tags else "",
        )


class Said(NamedTuple):
    """What a catalogue says of a response."""

    attributes: Attributes
    lifetime: str
    """A sentence or several; may be empty."""


def _said(catalogue: Catalogue, members: dict[str, str]) -> dict[tuple[str, str], Said]:
    """Return what is said of each documented (operation, status)."""
    docs = catalogue.api.docs_base_url
    return {
        (response.operation, response.status): Said(tuple(_attributes(response, docs, members)), _lifetime(response))
        for response in documented_responses(catalogue)
    }


def _attributes(response: Response, docs: str, members: dict[str, str]) -> Iterator[tuple[str, Value]]:
    yield "reason", response.reason or reason_phrase(response.status)
    yield "summary", plain(response.summary)
    yield "causes", tuple(map(_cause, response.causes))
    yield "remedies", _remedies(response.remedies)
    yield "retryable", response.retryable
    yield "problems", tuple(Name(f"Problem.{members[problem.id]}") for problem in response.problems)
    yield (
        "doc_url",
        response.doc_url or (f"{_page(docs, response.status)}#{anchor(response.operation)}" if docs else None),
    )


DEFAULTS: Attributes = (
    ("reason", ""),
    ("summary", ""),
    ("causes", ()),
    ("remedies", ()),
    ("retryable", None),
    ("problems", ()),
    ("doc_url", None),
)
"""What a class of the module has when nothing is said."""


def _shared(status: Status, catalogue: Catalogue, said: dict[tuple[str, str], Said]) -> Attributes:
    """Return what holds for a status whatever the operation: what every operation documents alike."""
    base = catalogue.api.docs_base_url
    general = dict(DEFAULTS) | {
        "reason": status.reason or reason_phrase(status.code),
        "summary": plain(status.summary),
        "doc_url": _page(base, status.code) if base else None,
    }
    cells = [said.get((operation.id, status.code)) for operation in catalogue.operations]
    first = cells[0] if cells else None
    if first is not None:
        general |= {
            name: value
            for name, value in first.attributes
            if all(cell and (name, value) in cell.attributes for cell in cells)
        }
    return tuple(general.items())


def _of_status(error: ErrorName, status: Status, shared: Attributes) -> ErrorClass:
    called = _called(status.code, status)
    if error.documented:
        own = _own(shared, DEFAULTS)
        return ErrorClass(error.name, error.bases, f"{called}.", _paragraphs(own), int(status.code), own)
    return ErrorClass(error.name, error.bases, f"{called}, from an operation that does not document it.", (), None, ())


def _of_operation(error: ErrorName, status: Status | None, shared: Attributes, said: Said | None) -> ErrorClass:
    says = f"{_called(error.status, status)}, from {error.operation}."
    if said is None:
        return ErrorClass(error.name, error.bases, says, (), None, ())
    own = (("operation", error.operation), *_own(said.attributes, shared))
    return ErrorClass(error.name, error.bases, says, (*_paragraphs(said.attributes), said.lifetime), None, own)


def _lifetime(response: Response) -> str:
    """Return since when until when an API gives a response; empty when the catalogue does not say."""
    deprecated = ""
    if response.deprecated is not None:
        since = f" since {response.deprecated.since}" if response.deprecated.since else ""
        deprecated = (
            f"Deprecated{since}{f': {response.deprecated.use} takes its place' if response.deprecated.use else ''}."
        )
    return " ".join(
        filter(
            None,
            (
                f"Since {response.since}." if response.since else "",
                deprecated,
                f"Removed in {response.removed}." if response.removed else "",
            ),
        )
    )


def _called(code: str, status: Status | None) -> str:
    """Return what a docstring calls a status."""
    if code == "default":
        return "Any other status"
    reason = (status.reason if status else "") or reason_phrase(code)
    return f"{code} {reason}".rstrip()


def _own(attributes: Attributes, inherited: Attributes) -> Attributes:
    """Return what a class says other than the class it is derived from."""
    return tuple(item for item in attributes if item not in inherited)


def _paragraphs(attributes: Attributes) -> tuple[str, ...]:
    summary = dict(attributes).get("summary")
    return (summary,) if isinstance(summary, str) and summary else ()


def _cause(cause: Cause) -> Call:
    keywords: Attributes = (("remedies", _remedies(cause.remedies)), ("retryable", cause.retryable))
    return Call("Cause", (plain(cause.says),), tuple(item for item in keywords if item[1] not in ((), None)))


def _remedies(remedies: tuple[Remedy, ...]) -> tuple[str, ...]:
    return tuple(plain(remedy.says) for remedy in remedies)


def _facts(problem: Problem, catalogue: Catalogue) -> Call:
    docs = catalogue.api.docs_base_url
    keywords: Attributes = (
        ("summary", problem.title),
        ("says", plain(problem.says)),
        ("uri", problem.type),
        ("causes", tuple(map(_cause, problem.causes))),
        ("remedies", _remedies(problem.remedies)),
        ("retryable", problem.retryable),
        ("doc_url", f"{docs}/problems/{anchor(problem.id)}/" if docs else None),
    )
    return Call("ProblemFacts", (), tuple(item for item in keywords if item[1] not in ("", (), None)))


def _bodies(catalogue: Catalogue) -> Iterator[Body]:
    """Yield the bodies that a problem's name can be read from, declared ones first."""
    yield from catalogue.bodies
    for response in documented_responses(catalogue):
        if response.body is not None:
            yield response.body


def _xml_path(path: str) -> Path:
    """Return a path's tags as expat tells them when `}` separates: `{uri}Tag` is `uri}Tag`."""
    return tuple(step.removeprefix("{") for step in re.findall(r"(?:\{[^}]*\}|[^/{}])+", path))


def _page(docs: str, code: str) -> str:
    return f"{docs}/codes/{code}/"
