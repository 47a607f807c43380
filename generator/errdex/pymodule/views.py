"""The outline as source lines: what the templates put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from errdex.pymodule.literals import WIDTH, assignment, docstring, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    source: str
    """Assignment of the member's value."""


class KeyView(NamedTuple):
    """What a problem is found by."""

    key: str
    """As a literal."""
    member: str


class UndocumentedView(NamedTuple):
    """The class of a status for operations that do not document it."""

    status: str
    name: str


class ModuleView(NamedTuple):
    """All that the templates are given."""

    base: str
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
    problem_keys: tuple[KeyView, ...]
    request_id_header: str
    json_paths: str
    xml_paths: str


FIXED = (
    "Cause", "ClientError", "Operation", "Problem", "RedirectError", "Response", "ServerError", "Status",
    "UndocumentedClientError", "UndocumentedError", "UndocumentedRedirectError", "UndocumentedServerError",
    "errors_of", "from_response", "raise_for_status",
)  # fmt: skip
"""What every module exports."""


def module_view(module: Outline) -> ModuleView:
    """Return a module's outline as source."""
    return ModuleView(
        base=module.names.base,
        base_says=docstring(
            "An answer of the API that is not a success: anything but 1xx and 2xx.",
            [
                "`str` of it is one line for people; programs read the attributes.",
                module.title and f"The API: {module.title}.",
            ],
        ),
        typing=tuple(sorted(_typing(module), key=lambda name: (not name.isupper(), name[0].islower(), name))),
        exported=_exported(module),
        members=tuple((member.name, member.value) for member in module.names.statuses),
        statuses=tuple(map(_error, module.statuses)),
        undocumented=tuple(
            UndocumentedView(error.status, error.name)
            for error in module.names.errors
            if not error.operation and not error.documented and error.status.isdecimal()
        ),
        operations=tuple(map(_operation, module.operations)),
        problems=tuple(ProblemView(member, assignment(f"Problem.{member}", call)) for member, call in module.problems),
        problem_keys=tuple(KeyView(one_line(key), member) for key, member in module.problem_keys),
        request_id_header=assignment("REQUEST_ID_HEADER", module.request_id_header),
        json_paths=assignment("_JSON_PATHS: tuple[tuple[str, ...], ...]", module.json_paths),
        xml_paths=assignment("_XML_PATHS: tuple[tuple[str, ...], ...]", module.xml_paths),
    )


def _exported(module: Outline) -> tuple[str, ...]:
    names = {
        *FIXED,
        *(error.name for error in module.names.errors),
        *(name for operation in module.operations for name in (operation.union, operation.types) if name),
    }
    # Classes before functions, as sorters of __all__ have it.
    return tuple(sorted(names, key=lambda name: (name[0].islower(), name)))


def _typing(module: Outline) -> Iterator[str]:
    yield from ("TYPE_CHECKING", "Generic", "NamedTuple", "Protocol", "TypeVar", "Union", "cast", "overload")
    if module.operations or module.problems:
        yield "ClassVar"
    if module.statuses:
        yield "Literal"
    if not all(operation.union for operation in module.operations):
        yield "NoReturn"


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
    return line if len(line) <= WIDTH else "\n".join([f"class {name}(", *(f"    {base}," for base in bases), "):"])


def _operation(operation: OperationErrors) -> OperationView:
    types = f"Operation[{operation.union}, {operation.types}]" if operation.union else "Operation[NoReturn, tuple[()]]"
    definition = f"Operation.{operation.member} = Operation({one_line(operation.id)})"
    return OperationView(
        errors=tuple(map(_error, operation.errors)),
        union="\n".join(_union(operation.union, operation.documented)),
        types="\n".join(_subscript(operation.types, "tuple", [f"type[{name}]" for name in operation.documented])),
        declaration="\n".join(_declaration(operation.member, types)),
        definition=definition
        if len(definition) <= WIDTH
        else f"Operation.{operation.member} = Operation(\n    {one_line(operation.id)},\n)",
        table="\n".join(_table(operation)),
    )


def _declaration(member: str, types: str) -> Iterator[str]:
    line = f"    {member}: ClassVar[{types}]"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"    {member}: ClassVar["
    if 8 + len(types) <= WIDTH:
        yield f"        {types}"
    else:
        yield "        Operation["
        yield from (f"            {item}," for item in types.removeprefix("Operation[").removesuffix("]").split(", "))
        yield "        ]"
    yield "    ]"


def _union(name: str, errors: tuple[str, ...]) -> Iterator[str]:
    return _subscript(name, "Union", errors) if len(errors) != 1 else iter([f"{name} = {errors[0]}"])


def _subscript(name: str, generic: str, items: Iterable[str]) -> Iterator[str]:
    shown = list(items)
    line = f"{name} = {generic}[{', '.join(shown)}]"
    if len(shown) < 2:
        yield line
        return
    yield f"{name} = {generic}["
    yield from (f"    {item}," for item in shown)
    yield "]"


def _table(operation: OperationErrors) -> Iterator[str]:
    if not operation.table:
        yield f"    {one_line(operation.id)}: {{}},"
        return
    yield f"    {one_line(operation.id)}: {{"
    yield from (f"        {one_line(status)}: {name}," for status, name in operation.table)
    yield "    },"
