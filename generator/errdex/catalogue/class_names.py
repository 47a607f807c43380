"""The names of a catalogue's generated classes and members, and what each stands for.

The module is generated from these names, and the linter reads clients of the module by them. A name that two
facts of the catalogue would share is an error that cites both; nothing is renamed silently, because adding an
operation must never rename the class of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errdex.catalogue.naming import class_name, member_name, slug, words
from errdex.catalogue.reasons import reason_phrase
from errdex.errors import CatalogueError, Problem
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from errdex.catalogue import model
    from errdex.catalogue.model import Catalogue, Response, Status
    from errdex.errors import Location

FAMILIES = {"3": "RedirectError", "4": "ClientError", "5": "ServerError"}
"""The class of a whole class of statuses, by its first digit."""
UNDOCUMENTED = "UndocumentedError"
"""The base of every answer that the catalogue does not document for its operation."""


class ErrorName(NamedTuple):
    """A generated exception class."""

    name: str
    bases: tuple[str, ...]
    """The names of its bases, in their order."""
    status: str
    """`404`, `4XX` or `default`; empty for a class of any status."""
    operation: str
    """The operation's id; empty for a class of any operation."""
    documented: bool
    """False for the classes of answers that the catalogue does not document."""
    location: Location
    """What it is named after."""

    @property
    def is_variant(self) -> bool:
        """Whether it is a `default` response of one class of statuses, such as SearchDefaultClientError."""
        return bool(self.operation) and len(self.bases) > 1


class MemberName(NamedTuple):
    """A generated constant: a member of `Operation`, `Status` or `Problem`."""

    name: str
    value: str
    """The operation's id, the status or the problem's id."""
    location: Location


class ModuleNames(NamedTuple):
    """Every name that the generated module takes from its catalogue."""

    module: str
    """The module's name: `netwrix_auditor_errors`."""
    errors: tuple[ErrorName, ...]
    """Bases before what is derived from them."""
    operations: tuple[MemberName, ...]
    statuses: tuple[MemberName, ...]
    problems: tuple[MemberName, ...]

    @property
    def base(self) -> str:
        """The class that all errors are derived from."""
        return self.errors[0].name


def module_names(catalogue: Catalogue) -> ModuleNames:
    """Return the names of the module that is generated from a catalogue.

    Raises CatalogueError when two facts of the catalogue would share a name.
    """
    names = ModuleNames(
        module=_module_name(catalogue.api.id),
        errors=tuple(_errors(catalogue)),
        operations=tuple(_members((o.id, o.id, o.location) for o in catalogue.operations)),
        statuses=tuple(
            _members(
                (_reason(status) or f"status {status.code}", status.code, status.location)
                for status in catalogue.statuses
                if status.code.isdecimal()
            )
        ),
        problems=tuple(_members((p.id, p.id, p.location) for p in known_problems(catalogue))),
    )
    problems = [
        *_clashes((error.name, error.location) for error in names.errors),
        *_clashes((class_name(operation.id, "Errors"), operation.location) for operation in catalogue.operations),
        *(
            clash
            for members in (names.operations, names.statuses, names.problems)
            for clash in _clashes((member.name, member.location) for member in members)
        ),
    ]
    if problems:
        raise CatalogueError(problems)
    return names


def _module_name(api: str) -> str:
    name = slug(api).replace("-", "_")
    return f"{name if name[0].isalpha() else f'n{name}'}_errors"


def documented_responses(catalogue: Catalogue) -> Iterator[Response]:
    """Yield the documented ones of `Catalogue.responses()`, in its order."""
    return (response for response in catalogue.responses(unsaid=False) if response.state == "documented")


def known_problems(catalogue: Catalogue) -> tuple[model.Problem, ...]:
    """Return the problems that a catalogue describes, then those that its responses only name."""
    found = {problem.id: problem for problem in catalogue.problems}
    for status in catalogue.statuses:
        for cell in status.cells:
            for problem in cell.response.problems:
                found.setdefault(problem.id, problem)
    return tuple(found.values())


def is_error(status: str) -> bool:
    """Tell whether a status of the catalogue is an error for the module: everything but 1xx and 2xx."""
    return status[0] not in "12"


def _errors(catalogue: Catalogue) -> Iterator[ErrorName]:
    location = catalogue.api.location
    base = class_name(catalogue.api.id, "Error")
    yield ErrorName(base, ("Exception",), "", "", documented=True, location=location)
    for digit, family in FAMILIES.items():
        yield ErrorName(family, (base,), f"{digit}XX", "", documented=True, location=location)
    yield ErrorName(UNDOCUMENTED, (base,), "", "", documented=False, location=location)
    for digit, family in FAMILIES.items():
        bases = (UNDOCUMENTED, family)
        yield ErrorName(f"Undocumented{family}", bases, f"{digit}XX", "", documented=False, location=location)
    stems = {status.code: _stem(status) for status in catalogue.statuses if _is_exact_error(status.code)}
    locations = {status.code: status.location for status in catalogue.statuses}
    classes = {code: class_name(stem, "Error") for code, stem in stems.items()}
    for code, name in classes.items():
        family = FAMILIES.get(code[0], base)
        yield ErrorName(name, (family,), code, "", documented=True, location=locations[code])
    for code, stem in stems.items():
        family = f"Undocumented{FAMILIES[code[0]]}" if code[0] in FAMILIES else UNDOCUMENTED
        bases = (family, classes[code])
        yield ErrorName(f"Undocumented{stem}Error", bases, code, "", documented=False, location=locations[code])
    responses = [response for response in documented_responses(catalogue) if is_error(response.status)]
    documented = {(response.operation, response.status) for response in responses}
    suffixes = {code: f"{stem}Error" for code, stem in stems.items()}
    for response in responses:
        parent = classes.get(response.status, base)
        yield from _of_operation(response, parent, suffixes.get(response.status, ""), documented)


def _of_operation(
    response: Response, parent: str, suffix: str, documented: set[tuple[str, str]]
) -> Iterator[ErrorName]:
    """Yield the classes of a response; `suffix` is empty where the status is a range or the default."""
    status, operation = response.status, response.operation
    if suffix:
        name = class_name(operation, suffix)
    elif status == "default":
        name = class_name(operation, "DefaultError")
    else:
        parent = FAMILIES[status[0]]
        name = class_name(operation, parent)
    yield ErrorName(name, (parent,), status, operation, documented=True, location=response.location)
    if status == "default":
        # A default can be a 404 or a 503, and has to be caught as a ClientError or a ServerError all the same.
        for digit, family in FAMILIES.items():
            if (operation, f"{digit}XX") not in documented:
                variant = class_name(operation, f"Default{family}")
                bases = (name, family)
                yield ErrorName(variant, bases, f"{digit}XX", operation, documented=True, location=response.location)


def _is_exact_error(status: str) -> bool:
    return status.isdecimal() and is_error(status)


def _stem(status: Status) -> str:
    """Return what the names of a status's classes have before `Error`."""
    stem = "".join(word[0].upper() + word[1:] for word in words(_reason(status)))
    return stem.removesuffix("Error") or f"Status{status.code}"


def _reason(status: Status) -> str:
    return status.reason or reason_phrase(status.code)


def _members(named: Iterable[tuple[str, str, Location]]) -> Iterator[MemberName]:
    for text, value, location in named:
        yield MemberName(member_name(text), value, location)


def _clashes(named: Iterable[tuple[str, Location]]) -> Iterator[Problem]:
    seen: dict[str, Location] = {}
    for name, location in named:
        if name in seen:
            yield Problem(location, f"'{name}' would be the name of this and of what stands at {seen[name]}")
        seen.setdefault(name, location)
