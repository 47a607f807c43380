"""The outline as source lines: what the templates put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from errdex.pymodule.literals import WIDTH, assignment, docstring, item, marked, one_line
from errdex.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errdex.pymodule.outline import ErrorClass, OperationErrors, Outline


class ErrorView(NamedTuple):
    """A class of the module."""

    name: str
    header: str
    """From `class` to the colon."""
    docstring: str
    attributes: tuple[str, ...]
    """An assignment each."""
    status: int | None
    """The status code that it always has."""


class OperationView(NamedTuple):
    """An operation with its classes."""

    id: str
    """As a literal."""
    errors: tuple[ErrorView, ...]
    union: str
    """Assignment of the union of its errors; empty when it has none."""
    types: str
    """Assignment of the type of its classes together; empty when it has no errors."""
    declaration: str
    """Its member of `Operation`, as the class declares it."""
    definition: str
    """The same member, as it gets its value."""
    table: str
    """Its line of the table of errors."""


class ProblemView(NamedTuple):
    """A documented problem."""

    member: str
    definition: str
    """Assignment of the member's value."""
    facts: str
    """Its entry of the table of facts."""


class UndocumentedView(NamedTuple):
    """The class of a status for operations that do not document it."""

    status: str
    name: str


class ModuleView(NamedTuple):
    """All that the templates are given."""

    base: str
    families: Mapping[str, str]
    """From `class` to the colon of the classes of families of statuses, by name."""
    base_says: str
    """Docstring of the base."""
    typing: tuple[str, ...]
    """What is imported from `typing`."""
    exported: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    """(name, value) of each member of `Status`."""
    statuses: tuple[ErrorView, ...]
    undocumented: tuple[UndocumentedView, ...]
    operations: tuple[OperationView, ...]
    problems: tuple[ProblemView, ...]
    problem_uris: tuple[str, ...]
    """Entries of a table: what problems are found by, beside their names."""
    request_id_header: str
    json_paths: str
    xml_paths: str
    is_package: bool


RECORDS = ("Cause", "Problem", "ProblemFacts", "Status")
FUNCTIONS = ("errors_of", "from_response", "raise_for_status")


def module_view(module: Outline, *, is_package: bool = False) -> ModuleView:
    """Return a module's outline as source."""
    return ModuleView(
        base=module.names.base,
        families={
            error.name: _header(error.name, error.bases)
            for error in module.names.errors
            if not error.operation and not error.status.isdecimal()
        },
        base_says=docstring(
            "An answer of the API that is not a success: anything but 1xx and 2xx.",
            [
                "`str` of it is one line for people; programs read the attributes.",
                module.title and f"The API: {module.title}.",
            ],
        ),
        typing=typing_names(module, "all"),
        exported=_exported(module),
        members=tuple((member.name, member.value) for member in module.names.statuses),
        statuses=tuple(map(_error, module.statuses)),
        undocumented=tuple(
            UndocumentedView(error.status, error.name)
            for error in module.names.errors
            if not error.operation and not error.documented and error.status.isdecimal()
        ),
        operations=tuple(map(_operation, module.operations)),
        problems=tuple(
            ProblemView(
                problem.name,
                "\n".join(_member(f"Problem.{problem.name} =", "Problem", problem.id)),
                item(problem.id, problem.facts),
            )
            for problem in module.problems
        ),
        problem_uris=tuple(item(uri, id_) for uri, id_ in module.problem_uris),
        request_id_header=assignment("REQUEST_ID_HEADER", module.request_id_header),
        json_paths=assignment("_JSON_PATHS: tuple[tuple[str, ...], ...]", module.json_paths),
        xml_paths=assignment("_XML_PATHS: tuple[tuple[str, ...], ...]", module.xml_paths),
        is_package=is_package,
    )


def _exported(module: Outline) -> tuple[str, ...]:
    names = {
        *RECORDS,
        *FUNCTIONS,
        "Operation",
        "Response",
        *(error.name for error in module.names.errors),
        *(name for operation in module.operations for name in (operation.union, operation.types) if name),
    }
    # The order of ruff's RUF022: classes before functions, numbers by value.
    return tuple(sorted(names, key=lambda name: (name[0].islower(), _natural(name))))


def sorted_imports(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in the order of isort: classes before functions, whatever the case, numbers by value."""
    return tuple(sorted(names, key=lambda name: (name[0].islower(), _natural(name.lower()), name)))


def _natural(name: str) -> tuple[tuple[str, int], ...]:
    if name.isalpha():
        return (name, 0), ("", 0)
    return tuple((text, int(digits or 0)) for text, digits in re.findall(r"(\D*)(\d*)", name))


def typing_names(module: Outline, part: Literal["all", "errors"]) -> tuple[str, ...]:
    """Return what the one file, or the part of a package with the errors of any operation, imports from `typing`."""
    names = {"TYPE_CHECKING", "NamedTuple", "cast"}
    if module.statuses:
        names.add("Literal")
    if module.problems or (part == "all" and module.operations):
        names.add("ClassVar")
    if part == "all":
        names |= {"Generic", "Protocol", "TypeVar", "Union", "overload"}
        if not all(operation.union for operation in module.operations):
            names.add("NoReturn")
    # As isort has it: constants, classes, functions.
    return tuple(sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name)))


# Both bases of an undocumented status have these: the wide type is the one that both can have.
_WIDE = {
    "causes": "tuple[Cause, ...]",
    "remedies": "tuple[str, ...]",
    "retryable": "bool | None",
    "problems": "tuple[Problem, ...]",
}


def _error(error: ErrorClass) -> ErrorView:
    return ErrorView(
        name=error.name,
        header=_header(error.name, error.bases),
        docstring=docstring(error.says, error.paragraphs),
        attributes=tuple(
            assignment(f"{name}: {_WIDE[name]}" if error.status and name in _WIDE else name, value, 4)
            for name, value in error.attributes
        ),
        status=error.status,
    )


def _header(name: str, bases: tuple[str, ...]) -> str:
    line = f"class {name}({', '.join(bases)}):"
    if len(line) <= WIDTH:
        return line
    return "\n".join([marked(f"class {name}("), *(f"    {base}," for base in bases), "):"])


def _operation(operation: OperationErrors) -> OperationView:
    types = f"Operation[{operation.union}, {operation.types}]" if operation.union else "Operation[NoReturn, tuple[()]]"
    return OperationView(
        id=one_line(operation.id),
        errors=tuple(map(_error, operation.errors)),
        union="\n".join(_union(operation)),
        types="\n".join(_types(operation)),
        declaration="\n".join(_declaration(operation.member, types)),
        definition="\n".join(_member(f"Operation.{operation.member} =", "Operation", operation.id)),
        table="\n".join(_table(operation)),
    )


def _declaration(member: str, types: str) -> Iterator[str]:
    line = f"    {member}: ClassVar[{types}]"
    if len(line) <= WIDTH:
        yield line
    elif len(member) + 15 > WIDTH >= max(len(member) + 7, len(types) + 18):
        yield from (f"    {member}: (", f"        ClassVar[{types}]", "    )")
    elif len(types) + 8 <= WIDTH:
        yield from (marked(f"    {member}: ClassVar["), f"        {types}", "    ]")
    else:
        items = types.removeprefix("Operation[").removesuffix("]").split(", ")
        inner = ("        Operation[", *(f"            {item}," for item in items), "        ]")
        yield from (marked(f"    {member}: ClassVar["), *inner, "    ]")


def _member(target: str, name: str, value: str) -> Iterator[str]:
    """Yield the lines of `target name(value)`."""
    shown = one_line(value)
    if len(f"{target} {name}({shown})") <= WIDTH:
        yield f"{target} {name}({shown})"
    elif len(f"{target} {name}(") <= WIDTH or len(f"{target} (") > WIDTH:
        yield from (marked(f"{target} {name}("), f"    {shown},", ")")
    elif len(f"    {name}({shown})") <= WIDTH:
        yield from (f"{target} (", f"    {name}({shown})", ")")
    else:
        yield from (f"{target} (", f"    {name}(", f"        {shown},", "    )", ")")


def _union(operation: OperationErrors) -> Iterator[str]:
    errors = operation.documented
    if len(errors) > 1:
        yield from (marked(f"{operation.union} = Union["), *(f"    {error}," for error in errors), "]")
    elif errors:
        line = f"{operation.union} = {errors[0]}"
        yield from [line] if len(line) <= WIDTH else [marked(f"{operation.union} = ("), f"    {errors[0]}", ")"]


def _types(operation: OperationErrors) -> Iterator[str]:
    errors = operation.documented
    if len(errors) > 1:
        yield from (marked(f"{operation.types} = tuple["), *(line for error in errors for line in _type(error)), "]")
    elif errors:
        line = f"{operation.types} = tuple[type[{errors[0]}]]"
        yield from (
            [line] if len(line) <= WIDTH else [marked(f"{operation.types} = tuple["), f"    type[{errors[0]}]", "]"]
        )


def _type(error: str) -> Iterator[str]:
    line = f"    type[{error}],"
    yield from [line] if len(line) <= WIDTH else ["    type[", f"        {error}", "    ],"]


def _table(operation: OperationErrors) -> Iterator[str]:
    if not operation.table:
        yield marked(f"    {one_line(operation.id)}: {{}},")
        return
    yield marked(f"    {one_line(operation.id)}: {{")
    yield from (marked(f"        {one_line(status)}: {name},") for status, name in operation.table)
    yield "    },"
